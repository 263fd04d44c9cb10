import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';

const check: Check = {
  id: 'RACE-11',
  suite: 'races',
  level: 'SHOULD',
  title: 'Users that refresh together keep their own tokens',
  failure: "A user's call carries another user's token",
  why: 'A shared slot or object that holds "the" refresh hands one user the tokens of another: a data leak.',
  remedy: 'Keep tokens and the single-flight slot per user and org, never per process.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['two-users'],
  needs: ['users'],
  untested: 'Let two users of the client refresh at the same moment.',
  blockers: ['RTR-01', 'RTR-02'],
  judge: (scenario) => {
    const users = new Map(
      scenario.of('family').flatMap(({ family, user }) => (user === undefined ? [] : [[family, user]])),
    );
    const windows = scenario.of('phase').filter(({ phase }) => phase === 'user');
    if (windows.length < 2) return undefined;
    const evidence: number[] = [];
    for (const [index, window] of windows.entries()) {
      const until = windows[index + 1]?.seq ?? Infinity;
      const used = [...scenario.refreshes, ...scenario.resources].filter(({ seq }) => seq > window.seq && seq < until);
      for (const { seq, facts } of used) {
        const family = facts.kind === 'token' ? facts.refreshToken?.family : facts.accessToken?.family;
        const owner = family === null || family === undefined ? undefined : users.get(family);
        if (owner === undefined) continue;
        if (owner !== window.detail) {
          return fail(`A call of user ${window.detail ?? '?'} carried a token of user ${owner}.`, [seq]);
        }
        evidence.push(seq);
      }
    }
    return evidence.length === 0 ? undefined : pass('Each call carried a token of its own user.', evidence);
  },
};
export default check;
