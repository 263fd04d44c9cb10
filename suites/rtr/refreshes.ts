/** Reads refreshes for the rotation checks. */
import type { TokenFacts } from '../../src/history/facts.ts';
import { sessionRefused } from '../../src/history/calls.ts';
import type { ExchangeRecord, ScenarioHistory } from '../../src/history/query.ts';

/** A request to the token endpoint with `grant_type=refresh_token`, recorded with its answer. */
export type Refresh = ExchangeRecord<TokenFacts>;

/** Returns whether a request asks for new tokens with a refresh token. */
export const isRefresh = ({ facts }: Refresh): boolean => facts.grantType === 'refresh_token';

/** Returns whether a request was answered 200, and every byte reached the client. */
export const succeeded = ({ response }: Refresh): boolean =>
  response?.status === 200 && response.delivered === 'complete';

/** Returns whether a refresh carried the newest token of its family. For a token that a real org issued before the recording began, only
 * an answer of 200 shows that. */
export const sentNewest = ({ facts: { refreshToken }, response }: Refresh): boolean =>
  refreshToken?.unseen === true ? response?.status === 200 : refreshToken?.head === true;

/** Describes the token that a refresh sent: `RT#3, the token of rotation 2`. */
export function sentToken({ facts }: Refresh): string {
  const token = facts.refreshToken;
  if (token === null) return 'no refresh token';
  if (token.literal === 'empty') return 'an empty refresh token';
  if (token.literal !== undefined) return `the text "${token.literal}" instead of a refresh token`;
  if (token.unseen === true) return 'a refresh token that was issued before the recording began, or never';
  if (token.family === null) return 'a refresh token that was never issued';
  return token.generation === 0
    ? `${token.label}, the token of the login`
    : `${token.label}, the token of rotation ${String(token.generation)}`;
}

/** Returns the API requests that were refused because the session had expired. */
export const refusedRequests = ({ resources }: ScenarioHistory): ScenarioHistory['resources'] =>
  resources.filter(sessionRefused);

/** Returns the actions in which the client reported that its user has to connect again. */
export const asksAgain = ({ actions }: ScenarioHistory): readonly number[] =>
  actions.flatMap(({ end }) => (end?.reauthorize === true || end?.connected === false ? [end.seq] : []));
