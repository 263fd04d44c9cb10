import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import { herd, reuseInTurn } from './contention.ts';
import { ACROSS_PROCESSES, originsOf, severalOrigins } from './processes.ts';

const check: Check = {
  id: 'RACE-02',
  suite: 'races',
  level: 'MUST',
  title: 'Every call of the herd succeeds with the new access token',
  failure: 'Calls of the herd fail or hang',
  why: 'The race is handled when nobody notices it: callers that waited must be retried with the new token.',
  remedy: 'Let each caller await the shared refresh and repeat its own request once with the new access token.',
  references: ['RFC 6749 §6'],
  scenarios: ['herd-2', 'herd-5', 'herd'],
  untested: 'Let the client make several API calls at once after its access token has expired.',
  blockers: ['RTR-01', 'RTR-07'],
  judge: (scenario) => {
    const { calls } = herd(scenario);
    const part = scenario.phase('herd');
    if (calls.length === 0 || part.refreshes.length === 0) return undefined;
    const bad = calls.filter(({ end }) => end?.result !== 'ok');
    const hung = bad.filter(({ end }) => end === undefined || end.result === 'timed-out').length;
    if (bad.length > 0) {
      const how = hung === 0 ? 'failed' : hung === bad.length ? 'were never answered' : 'failed or were never answered';
      const diagnosis = reuseInTurn(part.refreshes);
      return fail(
        `${String(bad.length)} of ${String(calls.length)} calls ${how}; all were expected to succeed with the new access token.`,
        bad.map(({ end, seq }) => end?.seq ?? seq),
        {
          ...(diagnosis === undefined ? {} : { diagnosis }),
          ...(severalOrigins(originsOf(scenario), part.refreshes) ? { remedy: ACROSS_PROCESSES } : {}),
        },
      );
    }
    return pass(
      `All ${String(calls.length)} calls succeeded.`,
      calls.map(({ end, seq }) => end?.seq ?? seq),
    );
  },
};
export default check;
