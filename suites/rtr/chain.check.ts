import type { Check } from '../../src/grade/check.ts';
import { fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { presented, succeeded } from './refreshes.ts';

/** Rotations that the scenario forces. */
const LENGTH = 10;

const check: Check = {
  id: 'RTR-03',
  suite: 'rtr',
  level: 'MUST',
  title: `${String(LENGTH)} refreshes in a row each present the newest token`,
  failure: 'The chain of refresh tokens breaks',
  why: 'A client that loses the chain once is locked out of the org until its user connects again.',
  remedy: 'Store the new refresh token on every path that refreshes, before the new access token is used.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['refresh-chain'],
  untested: `Let the client refresh ${String(LENGTH)} times in a row.`,
  blockers: ['RTR-01', 'RTR-02', 'RTR-07'],
  judge: (scenario) => {
    const { refreshes, verbs } = scenario.before('restart');
    if (refreshes.length === 0) return undefined;
    const broken = refreshes.findIndex(({ facts }) => facts.refreshToken?.head !== true);
    const bad = refreshes[broken];
    if (bad !== undefined) {
      return fail(`Refresh ${String(broken + 1)} presented ${presented(bad)}; the newest token was expected.`, [
        bad.seq,
      ]);
    }
    const rotated = refreshes.filter(succeeded).length;
    const died = verbs.find(({ begin, end }) => begin.name === 'call' && end?.result === 'died')?.end;
    if (died !== undefined) {
      const when = rotated === 1 ? '1 rotation' : `${String(rotated)} rotations`;
      return fail(`After ${when} the client died.`, [died.seq, ...refreshes.slice(-1).map(({ seq }) => seq)]);
    }
    if (refreshes.length < 2) return undefined;
    if (rotated >= LENGTH) {
      return pass(
        `${String(rotated)} refreshes in a row each presented the newest token.`,
        refreshes.map(({ seq }) => seq),
      );
    }
    const failed = verbs.flatMap(({ begin, end }) =>
      begin.name === 'call' && end?.result === 'failed' ? [end.seq] : [],
    );
    return failed.length > 0
      ? fail(
          `After ${String(rotated)} rotations the client stopped refreshing: ${String(failed.length)} calls failed.`,
          failed,
        )
      : inconclusive(
          `Only ${String(rotated)} of ${String(LENGTH)} refreshes happened; all of them presented the newest token.`,
          refreshes.map(({ seq }) => seq),
        );
  },
};
export default check;
