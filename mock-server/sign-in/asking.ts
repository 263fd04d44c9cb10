/** What a person is asked in an authorization: `prompt`, who is signed in already, and what they approved before (facts, section 1). */
import { approvedScopes } from '../oauth/new-family.ts';
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { personAt } from './person.ts';

/** `sign-in`: who they are, and whether they allow it. `choose`: the same, among accounts. `consent`: whether they allow it.
 * `nothing`: they go on at once. */
export type Question = 'sign-in' | 'choose' | 'consent' | 'nothing';

export interface Asking {
  readonly question: Question;
  /** Who is signed in. */
  readonly person?: string;
}

/** @param request the parameters of the client's request
 * @param scopes those that it asks for, by Salesforce's names */
export function asking(
  exchange: Exchange,
  request: URLSearchParams,
  scopes: readonly string[],
  parts: MockContext,
): Asking {
  const prompts = new Set((request.get('prompt') ?? '').split(' '));
  const person = personAt(exchange, parts);
  const known = person === undefined ? {} : { person };
  if (prompts.has('select_account')) return { question: 'choose', ...known };
  if (person === undefined || prompts.has('login')) return { question: 'sign-in', ...known };
  const approved = approvedScopes(person, parts) ?? [];
  const asks = scopes.filter((scope) => scope !== 'refresh_token' && !approved.includes(scope));
  const allowed = approved.length > 0 && asks.length === 0;
  return { question: prompts.has('consent') || !allowed ? 'consent' : 'nothing', person };
}

/** How a page shows itself, as a client may ask by `display`. */
export const DISPLAYS = ['page', 'popup', 'touch', 'mobile'] as const;

export type Display = (typeof DISPLAYS)[number];

/** Whole pages where nothing else is known. */
export const displayOf = (text: string | null): Display => DISPLAYS.find((one) => one === text) ?? 'page';
