import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { callOutcome } from '../../src/history/calls.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { howMany } from '../counted.ts';
import type { Refresh } from '../rtr/refreshes.ts';
import { asked, hung } from './aftermath.ts';

export default defineCheck({
  id: 'ERR-09',
  suite: 'error-handling',
  level: 'SHOULD',
  title: 'A 401 that persists after a refresh is reported',
  failure: 'A 401 that persists after a refresh leads to further refreshes',
  why: 'When the API refuses a fresh access token, the cause is a network range, a profile or a policy of the org; another token does not help. Each round of the loop costs a rotation.',
  remedy:
    'Repeat a call once after a refresh. If it is answered 401 again, report the error: `if (retried) throw new Unauthorized()`.',
  references: ['RFC 6750 §3.1'],
  scenarios: ['resource-errors'],
  untested: 'Let the API answer 401 to a call of the client although its access token is valid.',
  shows: ['lasting-401-reported'],
  relies: ['chain-kept', 'refresh-survived'],
  judge: (scenario) => {
    const part = scenario.phase('unauthorized');
    const denied = part.resources.find(({ response }) => response?.fault === 'unauthorized');
    if (denied === undefined) return undefined;
    const stuck = hung(part);
    const refreshes = part.refreshes.filter(({ begunAt }) => begunAt >= denied.endedAt);
    const mine = refreshes.filter(({ begunAt }) => asked(part, begunAt));
    const loop = driven(part, refreshes);
    const tooMany = loop.length > MOST_IN_ALL ? loop : usedTwice(part, mine[0]) ? [] : mine;
    if (tooMany.length > 1) {
      return fail(
        `The API kept answering 401, and one call led to ${tally(tooMany)}${stuck.length > 0 ? ' and was never answered' : ''}; at most one was expected.`,
        [...new Set([...ends(tooMany), denied.seq, ...stuck, ...tooMany.map(({ seq }) => seq)])],
      );
    }
    if (stuck.length > 0) {
      return fail('The API kept answering 401, and the client never answered; a clear error was expected.', stuck);
    }
    const call = part.actions.find(({ begin }) => begin.name === 'call');
    // When the fault ended before the client repeated its request, the client met no persistent 401.
    if (call?.end === undefined || callOutcome(scenario, call) === 'succeeded') return undefined;
    return call.end.result === 'failed'
      ? pass(`The 401 was reported after ${howMany(refreshes.length, 'refresh', 'refreshes')}.`, [
          call.end.seq,
          denied.seq,
          ...refreshes.map(({ seq }) => seq),
        ])
      : fail('The API kept answering 401, and the client did not report an error; one was expected.', [
          call.end.seq,
          denied.seq,
        ]);
  },
});

/** Refreshes allowed in one call, whatever caused them; more are a loop. */
const MOST_IN_ALL = 3;

/** Returns the refreshes that a 401 caused: the API refused a request since the refresh before. Refreshes started by a timer are left out. */
function driven({ resources }: ScenarioHistory, refreshes: readonly Refresh[]): readonly Refresh[] {
  const refusals = resources.filter(({ response }) => response?.status === 401);
  return refreshes.filter(({ begunAt }, index) => {
    const since = refreshes[index - 1]?.begunAt ?? 0;
    return refusals.some(({ endedAt }) => endedAt > since && endedAt <= begunAt);
  });
}

/** Describes number and duration: `1215 refreshes within 43 s`. */
function tally(refreshes: readonly Refresh[]): string {
  const lastedMs = (refreshes.at(-1)?.begunAt ?? 0) - (refreshes[0]?.begunAt ?? 0);
  const count = howMany(refreshes.length, 'refresh', 'refreshes');
  return lastedMs < 1_000 ? count : `${count} within ${String(Math.round(lastedMs / 1_000))} s`;
}

/** Event numbers of the first and the last refresh. */
const ends = (refreshes: readonly Refresh[]): readonly number[] =>
  [...refreshes.slice(0, 1), ...refreshes.slice(-1)].map(({ seq }) => seq);

/** Returns whether two requests carried the access token of a refresh. If so, the next refresh may be the first one of another caller. */
function usedTwice({ resources }: ScenarioHistory, refresh: Refresh | undefined): boolean {
  const label = refresh?.response?.issued?.accessToken?.label;
  return label !== undefined && resources.filter(({ facts }) => facts.accessToken?.label === label).length > 1;
}
