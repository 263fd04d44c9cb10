/** A client that hands one refresh's answer to every caller for a while, and meets a harness that lets the new token die at once. */
import type { ScenarioHistory } from '../../src/history/query.ts';
import { asksAgain, refusedRequests, type Refresh } from './refreshes.ts';

/**
 * Returns the event numbers of the API requests in `part` which show that: `refresh` brought no new refresh token, its access token was refused, and
 * calls sent it again without a refresh in between and without asking for a login. They took an answer from memory for a fresh one. A
 * session does not die so soon by itself, so this says nothing of what is stored. Empty when that is not what was seen.
 */
export function sharedAnswer(part: ScenarioHistory, refresh: Refresh): readonly number[] {
  const { accessToken, refreshToken } = refresh.response?.issued ?? {};
  if (accessToken === undefined || refreshToken !== undefined || asksAgain(part).length > 0) return [];
  const calls = part.actions.filter(({ begin }) => begin.name === 'call' && begin.t >= refresh.endedAt);
  const refused = refusedRequests(part).filter(
    ({ begunAt, facts }) => begunAt >= refresh.endedAt && facts.accessToken?.label === accessToken.label,
  );
  if (part.refreshes.some(({ seq }) => seq > refresh.seq)) return [];
  // A call may need several requests; that it repeats one shows in the requests for the same thing.
  const same = [...Map.groupBy(refused, ({ request }) => `${request.method} ${request.path}`).values()];
  return same.some((group) => group.length > calls.length) ? refused.map(({ seq }) => seq) : [];
}
