import { defineCheck, fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { callOutcome } from '../../src/history/calls.ts';
import { hung } from '../error-handling/aftermath.ts';
import { asksAgain } from '../rtr/refreshes.ts';

export default defineCheck({
  id: 'RACE-15',
  suite: 'races',
  level: 'SHOULD',
  title: 'A failed refresh does not prevent later refreshes',
  failure: 'After a failed refresh the client never refreshes again',
  why: 'A rejected promise that stays in the single-flight slot is handed to every later caller: the client never recovers without a restart.',
  remedy:
    'Clear the slot when the shared refresh ends, whether it succeeded or failed: `.finally(() => { refreshing = undefined; })`. A circuit breaker for token requests should open after several failures in a row, and for seconds only.',
  references: ['RFC 6749 §6'],
  scenarios: ['failed-refresh'],
  untested: 'Let a refresh fail once with 503, then let the client make another call.',
  shows: ['refreshes-after-failure'],
  relies: ['chain-kept', 'refresh-survived', 'new-access-token-used', 'outage-survived'],
  judge: (scenario) => {
    const part = scenario.phase('failure');
    const failed = part.refreshes.find(({ response }) => response?.fault !== undefined);
    if (failed === undefined) return undefined;
    const stuck = hung(part);
    if (stuck.length > 0) {
      return fail('A refresh failed, and the call never ended; an error was expected.', [...stuck, failed.seq]);
    }
    const own = part.refreshes.find(
      ({ seq, response }) => seq > failed.seq && response?.fault === undefined && response?.status === 200,
    );
    if (own !== undefined) return pass('The client refreshed again by itself.', [own.seq, failed.seq]);
    const next = scenario.since('next');
    const call = next.actions.find(({ begin }) => begin.name === 'call');
    if (call?.end === undefined) return undefined;
    const [again] = next.refreshes;
    if (again !== undefined) return pass('The next call refreshed again.', [again.seq, failed.seq]);
    const outcome = callOutcome(scenario, call);
    if (outcome === 'succeeded' || outcome === 'unseen') return undefined;
    const asked = asksAgain(scenario.since('failure'));
    if (asked.length > 0) {
      return inconclusive('After one failed refresh the client asked for a new login.', [...asked, failed.seq]);
    }
    const pauseMs = Math.round(call.begin.t - failed.begunAt);
    return fail(
      `After one failed refresh the next call, ${String(pauseMs)} ms later, did not try to refresh.`,
      [call.end.seq, failed.seq, call.seq],
      {
        diagnosis:
          'The state of the failed refresh was not cleared, such as a rejected promise, or the pause of a circuit breaker is longer than that.',
      },
    );
  },
});
