import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import { presentations } from './contention.ts';

const check: Check = {
  id: 'RACE-12',
  suite: 'races',
  level: 'MUST',
  title: 'Tabs that share a storage refresh once for all of them',
  failure: 'Each tab refreshes by itself',
  why: 'Tabs read the same refresh token from the same storage: all but one present a token that is used up.',
  remedy:
    'Guard the refresh with the Web Locks API (`navigator.locks.request("refresh", …)`), and read the storage again inside the lock.',
  references: ['RFC 9700 §4.14'],
  scenarios: ['tabs'],
  needs: ['tabs'],
  untested: 'Open two tabs of the application on one storage, and let their session die.',
  blockers: ['RTR-01', 'RTR-02', 'RTR-07'],
  skip: ({ run }) => (run.driver === 'browser' ? undefined : 'Only an application in a browser has tabs.'),
  judge: (scenario) => {
    const { refreshes, verbs } = scenario.since('herd');
    if (refreshes.length === 0) return undefined;
    const twice = presentations(refreshes).find((group) => group.length > 1);
    if (twice !== undefined) {
      return fail(
        `${twice[0]?.facts.refreshToken?.label ?? 'A refresh token'} was presented ${String(twice.length)} times by tabs that share one storage; once was expected.`,
        twice.map(({ seq }) => seq),
      );
    }
    const failed = verbs.filter(({ begin, end }) => begin.name === 'call' && end?.result !== 'ok');
    return failed.length > 0
      ? fail(
          'A tab did not find the tokens that another had stored.',
          failed.map(({ end, seq }) => end?.seq ?? seq),
        )
      : pass(
          'One tab refreshed, and the others went on with its tokens.',
          refreshes.map(({ seq }) => seq),
        );
  },
};
export default check;
