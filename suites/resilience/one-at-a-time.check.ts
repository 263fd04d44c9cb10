import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';

export default defineCheck({
  id: 'RES-03',
  suite: 'resilience',
  level: 'MUST',
  title: 'A slow refresh is awaited, not sent again',
  failure: 'A slow refresh is sent again while the first request is still pending',
  why: 'The two requests race for one refresh token: one of them is refused, or the second is treated as reuse and the token family is revoked.',
  remedy:
    'Send no second refresh before the first has been answered. Use a generous timeout for the token endpoint (30 s), no hedged requests and no automatic retry: `retry: 0, timeout: 30_000`. A lock around the refresh must last longer than that timeout, or be renewed while the refresh runs.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['held-refresh'],
  untested: 'Let the client refresh while the response is held for `run.holdMs`.',
  shows: ['slow-refresh-awaited'],
  relies: ['refresh-after-401', 'one-refresh-at-a-time', 'one-refresh-among-processes'],
  judge: (scenario, { run }) => {
    const [first, ...later] = scenario.phase('held').refreshes;
    const released = scenario.of('phase').find(({ phase }) => phase === 'released');
    if (first === undefined || released === undefined) return undefined;
    const label = first.facts.refreshToken?.label;
    const again = [...later, ...scenario.phase('released').refreshes].find(
      ({ facts, seq, begunAt }) =>
        facts.refreshToken?.label === label && (seq < released.seq || begunAt < first.endedAt),
    );
    if (again === undefined) {
      return pass(
        `While the response to a refresh was held for ${String(Math.round(released.t - first.begunAt))} ms, ${label ?? 'its token'} was not sent again.`,
        [first.seq, released.seq],
      );
    }
    const waitedMs = again.begunAt - first.begunAt;
    if (waitedMs > 2 * run.holdMs) {
      // The machine was suspended: clients need not wait that long.
      return pass(
        `${label ?? 'Its token'} was not sent again for ${String(Math.round(waitedMs))} ms, which is longer than this run holds a response.`,
        [first.seq, again.seq],
      );
    }
    const gaveUp = first.response?.delivered === 'aborted' && first.endedAt <= again.begunAt;
    return fail(
      `${label ?? 'A refresh token'} was sent again ${String(Math.round(waitedMs))} ms after the first request, which was still pending; no second request was expected for ${String(run.holdMs)} ms.`,
      [again.seq, first.seq],
      gaveUp
        ? {
            diagnosis: 'The client had abandoned the first request; the server cannot know that and completes it.',
          }
        : {
            diagnosis: waiting(scenario, again.begunAt)
              ? 'Another call was waiting and did not share the refresh, or a lock around the refresh expired before the refresh ended, or the request itself was retried.'
              : 'The request itself was retried.',
          },
    );
  },
});

/** Returns whether a call other than the one that refreshed was in progress. */
function waiting(scenario: ScenarioHistory, at: number): boolean {
  const calls = scenario.phase('held').actions.filter(({ begin, end }) => begin.t <= at && (end?.t ?? Infinity) >= at);
  return calls.length > 1;
}
