/** Decides what a user is asked in an authorization: by `prompt`, the signed-in user, and earlier approvals. */
import { approvedScopes } from '../oauth/new-family.ts';
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { DISPLAYS, type Display } from '../salesforce/frame.ts';
import { personAt } from './person.ts';

/** Question to the user. `sign-in`: credentials and approval. `choose`: the same, with a choice of accounts. `consent`: approval.
 * `nothing`: none. */
export type Question = 'sign-in' | 'choose' | 'consent' | 'nothing';

/** The decision about an authorization. */
export interface Asking {
  readonly question: Question;
  /** Name of the signed-in user. */
  readonly person?: string;
}

/** Decides what the user is asked.
 * @param request parameters of the client's request
 * @param scopes requested scopes by Salesforce's names */
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

/** Returns the requested display; `page` when it is unknown. */
export const displayOf = (text: string | null): Display => DISPLAYS.find((one) => one === text) ?? 'page';
