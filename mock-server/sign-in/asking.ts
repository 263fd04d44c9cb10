/** What a user is asked in an authorization: `prompt`, who is signed in already, and what they approved before (facts, section 1). */
import { approvedScopes } from '../oauth/new-family.ts';
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { DISPLAYS, type Display } from '../salesforce/frame.ts';
import { personAt } from './person.ts';

/** `sign-in`: who they are, and whether they allow it. `choose`: the same, among accounts. `consent`: whether they allow it.
 * `nothing`: they go on at once. */
export type Question = 'sign-in' | 'choose' | 'consent' | 'nothing';

export interface Asking {
  readonly question: Question;
  /** Who is signed in. */
  readonly person?: string;
}

/** Decides what the user is asked.
 * @param request the parameters of the client's request
 * @param scopes those that it asks for, by Salesforce's names */
export function asking(
  exchange: Exchange,
  request: URLSearchParams,
  scopes: readonly string[],
  context: MockContext,
): Asking {
  const prompts = new Set((request.get('prompt') ?? '').split(' '));
  const person = personAt(exchange, context);
  const known = person === undefined ? {} : { person };
  if (prompts.has('select_account')) return { question: 'choose', ...known };
  if (person === undefined || prompts.has('login')) return { question: 'sign-in', ...known };
  const approved = approvedScopes(person, context) ?? [];
  const asks = scopes.filter((scope) => scope !== 'refresh_token' && !approved.includes(scope));
  const allowed = approved.length > 0 && asks.length === 0;
  return { question: prompts.has('consent') || !allowed ? 'consent' : 'nothing', person };
}

/** Returns the display that was asked for; `page` when it is unknown. */
export const displayOf = (text: string | null): Display => DISPLAYS.find((one) => one === text) ?? 'page';
