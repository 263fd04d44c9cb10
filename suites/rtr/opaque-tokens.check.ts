import type { Check } from '../../src/grade/check.ts';
import { fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { presented, succeeded } from './refreshes.ts';

const check: Check = {
  id: 'RTR-12',
  suite: 'rtr',
  level: 'SHOULD',
  title: 'Refresh tokens are sent back unchanged, whatever they look like',
  failure: 'A refresh token is cut, changed or badly encoded',
  why: 'Tokens are opaque: their length and characters may change at any time. A column of 255 characters or a missing form-encoding breaks the client then.',
  remedy:
    'Store tokens in a text of unlimited length, and build the form with a library that encodes it (`new URLSearchParams({ refresh_token })`).',
  references: ['RFC 6749 Appendix A.17', 'RFC 6749 Appendix B'],
  scenarios: ['odd-tokens'],
  untested: 'Let the client refresh with tokens of 1 to 2,000 characters.',
  blockers: ['RTR-01', 'RTR-02'],
  judge: (scenario) => {
    const { refreshes } = scenario;
    const given = refreshes.filter(succeeded);
    if (given.length === 0 || refreshes.length < 2) return undefined;
    const bad = refreshes.find(({ facts }) => facts.refreshToken?.head !== true);
    if (bad !== undefined) {
      const before = given.findLast(({ seq }) => seq < bad.seq)?.response?.issued?.refreshToken;
      const sent = bad.facts.refreshToken?.length ?? 0;
      return fail(
        `A refresh token of ${String(before?.length ?? 0)} characters was given, and the next refresh presented ${presented(bad)} of ${String(sent)} characters.`,
        [bad.seq],
        before === undefined || sent >= before.length
          ? {}
          : { diagnosis: 'The token was cut on its way to the store or back.' },
      );
    }
    return refreshes.length >= 5
      ? pass(
          'Refresh tokens of 1 to 2,000 characters came back unchanged.',
          refreshes.map(({ seq }) => seq),
        )
      : inconclusive(
          `Only ${String(refreshes.length)} of 5 refreshes happened.`,
          refreshes.map(({ seq }) => seq),
        );
  },
};
export default check;
