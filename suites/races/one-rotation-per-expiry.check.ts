import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import { presentations } from './contention.ts';
import { onlySharedStore } from './shared-store.ts';

const check: Check = {
  id: 'RACE-06',
  suite: 'races',
  level: 'MUST',
  title: 'Processes that share a store refresh once for all of them',
  failure: 'Each process refreshes by itself',
  why: 'Five workers with one refresh token are five contenders: one wins, the others are refused or revoke the family.',
  remedy:
    'Guard the refresh with a lock that all processes share (a lock file, a row lock), and look at the store again once it is held.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['many-processes'],
  needs: ['processes'],
  untested: 'Start five processes of the client on one store, and let their session die.',
  blockers: ['RTR-01', 'RTR-02', 'RTR-07'],
  skip: onlySharedStore,
  judge: (scenario) => {
    const { refreshes, verbs } = scenario.since('herd');
    if (refreshes.length === 0) return undefined;
    const twice = presentations(refreshes).find((group) => group.length > 1);
    if (twice !== undefined) {
      return fail(
        `${twice[0]?.facts.refreshToken?.label ?? 'A refresh token'} was presented ${String(twice.length)} times by processes that share one store; once was expected.`,
        twice.map(({ seq }) => seq),
      );
    }
    const failed = verbs.filter(({ begin, end }) => begin.name === 'call' && end?.result !== 'ok');
    return failed.length > 0
      ? fail(
          `${String(failed.length)} calls of processes that share one store failed; all were expected to succeed.`,
          failed.map(({ end, seq }) => end?.seq ?? seq),
        )
      : pass(
          'Each refresh token was presented once, and every process went on.',
          refreshes.map(({ seq }) => seq),
        );
  },
};
export default check;
