import type { Check } from '../../src/grade/check.ts';
import { fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { asksAgain } from '../rtr/refreshes.ts';

const check: Check = {
  id: 'RACE-15',
  suite: 'races',
  level: 'SHOULD',
  title: 'A refresh that failed does not keep later calls from refreshing',
  failure: 'After a failed refresh the client refreshes no more',
  why: 'A rejected promise that stays in the single-flight slot is handed to every later caller: the client never recovers without a restart.',
  remedy:
    'Clear the slot when the shared refresh ends, whether it succeeded or failed: `.finally(() => { refreshing = undefined; })`.',
  references: ['RFC 6749 §6'],
  scenarios: ['failed-refresh'],
  untested: 'Let a refresh fail once with 503, then let the client make another call.',
  blockers: ['RTR-01', 'RTR-03', 'RTR-07'],
  judge: (scenario) => {
    const failed = scenario.phase('failure').refreshes.find(({ response }) => response?.fault !== undefined);
    const next = scenario.since('next');
    const call = next.verbs.find(({ begin }) => begin.name === 'call');
    if (failed === undefined || call?.end === undefined) return undefined;
    const [again] = next.refreshes;
    if (again !== undefined) return pass('The next call refreshed again.', [again.seq, failed.seq]);
    if (call.end.result === 'ok') return undefined;
    const asked = asksAgain(scenario.since('failure'));
    if (asked.length > 0) {
      return inconclusive('The client gave its connection up after one failed refresh.', [...asked, failed.seq], {
        blockedBy: 'ERR-05',
      });
    }
    return fail('After one failed refresh the next call did not try to refresh.', [call.end.seq, failed.seq]);
  },
};
export default check;
