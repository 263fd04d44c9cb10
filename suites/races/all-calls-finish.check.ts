import type { Finding } from '../../src/grade/check.ts';
import { defineCheck, fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { tallyCalls } from '../../src/history/calls.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { callsLeft, endsOf } from '../calls.ts';
import { howMany } from '../counted.ts';
import { reuseInTurn } from './contention.ts';
import { ACROSS_PROCESSES, originsOf, severalOrigins } from './processes.ts';

export default defineCheck({
  id: 'RACE-02',
  suite: 'races',
  level: 'MUST',
  title: 'All concurrent calls succeed after the refresh',
  failure: 'Concurrent calls fail or hang after the access token has expired',
  why: 'A race is handled when no caller sees an error: calls that waited for the refresh have to be repeated with the new access token.',
  remedy: 'Let each caller await the shared refresh and repeat its own request once with the new access token.',
  references: ['RFC 6749 §6'],
  scenarios: ['herd-2', 'herd-5', 'herd'],
  untested: 'Let the client make several API calls at once after its access token has expired.',
  shows: ['concurrent-calls-finish', 'calls-answered'],
  relies: ['refresh-after-401', 'new-access-token-used'],
  judge: (scenario) => {
    const part = scenario.phase('herd');
    const tally = tallyCalls(scenario, part);
    const { calls, failed, hung, refused } = tally;
    if (calls.length === 0) return undefined;
    // Nothing was refused: the client had renewed its session before the calls.
    if (failed.length === 0 && refused.length === 0 && part.refreshes.length === 0) return undefined;
    const why = hung.length > 0 ? whyHung(part.refreshes.length) : whyFailed(scenario, part);
    const wrong = callsLeft(tally);
    if (wrong !== undefined) return fail(wrong.message, wrong.evidence, why);
    const ends = endsOf(calls);
    return tally.seen
      ? pass(`${howMany(calls.length, 'concurrent call')} succeeded.`, ends)
      : inconclusive(`${howMany(calls.length, 'call')} reported success, but none sent an API request.`, ends);
  },
});

/** Explains calls that failed or that the API refused. */
function whyFailed(scenario: ScenarioHistory, { refreshes }: ScenarioHistory): Partial<Finding> {
  return {
    diagnosis: reuseInTurn(refreshes),
    remedy: severalOrigins(originsOf(scenario), refreshes) ? ACROSS_PROCESSES : undefined,
    breaks: ['concurrent-calls-finish'],
    // Without a refresh, the failure counts only for a client that is known to refresh.
    assumes: refreshes.length === 0 ? ['refresh-after-401'] : undefined,
  };
}

/** Explains calls that were never answered. */
const whyHung = (refreshes: number): Partial<Finding> => ({
  diagnosis:
    refreshes === 0
      ? 'No refresh was sent: the waiting calls may hold what the refresh needs, such as the connections of a pool.'
      : undefined,
  remedy:
    'Make sure that every wait ends. A refresh must not need what the waiting calls hold (a connection of the same pool, a place in the same queue, a lock), and the shared promise must settle when the refresh fails.',
});
