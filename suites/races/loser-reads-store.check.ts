import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import { presented, succeeded } from '../rtr/refreshes.ts';
import { onlySharedStore } from './shared-store.ts';

const check: Check = {
  id: 'RACE-05',
  suite: 'races',
  level: 'MUST',
  title: 'A process that comes late uses what another process has stored',
  failure: 'A process that comes late presents a token that another process has used up',
  why: 'With rotation a process may not trust its own copy: another one may have refreshed. The stale token revokes the family for all of them.',
  remedy:
    'Take a lock that all processes share, read the store again inside it, and refresh only when the token there is still the one that failed.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['two-processes'],
  needs: ['processes'],
  untested: 'Start two processes of the client on one store, and let one refresh while the other waits.',
  blockers: ['RTR-01', 'RTR-02', 'RTR-07'],
  skip: onlySharedStore,
  judge: (scenario) => {
    const { refreshes, verbs } = scenario.since('late-process');
    const winner = refreshes.find(succeeded);
    if (winner === undefined) return undefined;
    const stale = refreshes.find(({ seq, facts }) => seq > winner.seq && facts.refreshToken?.head !== true);
    if (stale !== undefined) {
      return fail(
        `A second process presented ${presented(stale)} after another had rotated it; the newest token was expected.`,
        [stale.seq, winner.seq],
      );
    }
    const failed = verbs.filter(({ begin, end }) => begin.name === 'call' && end?.result !== 'ok');
    return failed.length > 0
      ? fail('The second process did not find the tokens that the first had stored, and its call failed.', [
          ...failed.map(({ end, seq }) => end?.seq ?? seq),
          winner.seq,
        ])
      : pass('The second process went on with the tokens that the first had stored.', [winner.seq]);
  },
};
export default check;
