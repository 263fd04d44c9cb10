import { defineCheck, fail, pass, skip, warn } from '../../src/grade/finding.ts';
import { sentToken, sentNewest } from './refreshes.ts';

export default defineCheck({
  id: 'RTR-05',
  suite: 'rtr',
  level: 'SHOULD',
  title: 'The new refresh token is stored before the new access token is used',
  failure: 'A crash right after a refresh loses the new refresh token',
  why: 'Between the response and the write, the only valid refresh token exists in memory alone. A crash then locks the user out, and sending the old token from disk looks like theft.',
  remedy:
    'Store the new refresh token durably first, and use the new access token after that: commit it to the database, or write a temporary file and rename it. A store that is written only with the response to the user, such as a cookie, is too late.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['crash-after-refresh'],
  needs: ['restart'],
  untested: 'Kill the client right after it received new tokens, restart it, and let it refresh.',
  shows: ['stored-before-use'],
  relies: ['tokens-durable', 'new-access-token-used'],
  judge: (scenario, { app }) => {
    const used = scenario
      .phase('crash')
      .resources.some(({ facts }) => facts.accessToken?.newest === true && facts.accessToken.alive);
    if (!used) return undefined;
    const after = scenario.since('after-crash');
    const [first] = after.refreshes;
    if (first !== undefined) {
      return sentNewest(first)
        ? pass(`Restarted after the crash, the client sent ${sentToken(first)}, the newest.`, [first.seq])
        : fail(`Restarted after the crash, the client sent ${sentToken(first)}; the newest token was expected.`, [
            first.seq,
          ]);
    }
    const ends = after.actions.flatMap(({ end }) => end ?? []);
    if (ends.length === 0 || ends.length < after.actions.length || ends.some(({ result }) => result === 'ok'))
      return undefined;
    const evidence = ends.map(({ seq }) => seq);
    return app.persistence === 'session'
      ? skip('The configuration declares that tokens are kept in memory only.', evidence)
      : warn(
          'Restarted after the crash, the client had no refresh token, and its user has to connect again.',
          evidence,
        );
  },
});
