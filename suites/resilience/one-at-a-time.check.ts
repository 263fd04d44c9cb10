import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';

const check: Check = {
  id: 'RES-03',
  suite: 'resilience',
  level: 'MUST',
  title: 'A refresh that takes long is waited for, not sent again',
  failure: 'A refresh that takes long is sent again while the first one is under way',
  why: 'The two race for one refresh token: one of them is refused, or both are taken for theft and the token family is revoked.',
  remedy:
    'Send no second refresh before the first has been answered. Give the token endpoint a generous timeout (30 s), no hedged requests and no automatic retry: `retry: 0, timeout: 30_000`. A lock around the refresh must last longer than that timeout, or be renewed while the refresh runs.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['held-refresh'],
  untested: 'Let the client refresh while the answer is held for `run.holdMs`.',
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
        `While the answer to a refresh was held for ${String(Math.round(released.t - first.begunAt))} ms, ${label ?? 'its token'} was not sent again.`,
        [first.seq, released.seq],
      );
    }
    const waitedMs = again.begunAt - first.begunAt;
    if (waitedMs > 2 * run.holdMs) {
      // The machine stood still: nobody is asked to wait for that long.
      return pass(
        `${label ?? 'Its token'} was not sent again for ${String(Math.round(waitedMs))} ms, longer than an answer is held here.`,
        [first.seq, again.seq],
      );
    }
    const gaveUp = first.response?.delivered === 'aborted' && first.endedAt <= again.begunAt;
    return fail(
      `${label ?? 'A refresh token'} was sent again ${String(Math.round(waitedMs))} ms after the first request, which was still under way; nothing was expected for ${String(run.holdMs)} ms.`,
      [again.seq, first.seq],
      gaveUp
        ? {
            diagnosis:
              'The client had given the first request up; the server had not, and cannot know that nobody waits for its answer.',
          }
        : {
            diagnosis: waiting(scenario, again.begunAt)
              ? 'A further call was waiting: it did not join the refresh, or a lock around the refresh ended before the refresh did. Or the request itself was repeated.'
              : 'The request itself was repeated.',
          },
    );
  },
};
export default check;

/** Another call than the one that refreshed was under way. */
function waiting(scenario: ScenarioHistory, at: number): boolean {
  const calls = scenario.phase('held').verbs.filter(({ begin, end }) => begin.t <= at && (end?.t ?? Infinity) >= at);
  return calls.length > 1;
}
