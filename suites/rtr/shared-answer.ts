/** Recognizes a client that reuses one refresh's answer for all callers during some time, and therefore sends an access token that the
 * harness has expired meanwhile. */
import type { ScenarioHistory } from '../../src/history/query.ts';
import { asksAgain, refusedRequests, type Refresh } from './refreshes.ts';

/** Returns the event numbers of the API requests in `part` which show the reuse of an answer: `refresh` brought no new refresh token, its
 * access token was refused, and calls sent it again without a refresh in between and without asking for a login. A session does not
 * normally expire that soon, so this shows nothing about what is stored. Empty when the events show something else. */
export function sharedAnswer(part: ScenarioHistory, refresh: Refresh): readonly number[] {
  const { accessToken, refreshToken } = refresh.response?.issued ?? {};
  if (accessToken === undefined || refreshToken !== undefined || asksAgain(part).length > 0) return [];
  const calls = part.actions.filter(({ begin }) => begin.name === 'call' && begin.t >= refresh.endedAt);
  const refused = refusedRequests(part).filter(
    ({ begunAt, facts }) => begunAt >= refresh.endedAt && facts.accessToken?.label === accessToken.label,
  );
  if (part.refreshes.some(({ seq }) => seq > refresh.seq)) return [];
  // A call may need several requests; a repeated one is recognized by the same method and path.
  const same = [...Map.groupBy(refused, ({ request }) => `${request.method} ${request.path}`).values()];
  return same.some((group) => group.length > calls.length) ? refused.map(({ seq }) => seq) : [];
}
