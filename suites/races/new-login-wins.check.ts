import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { sentToken } from '../rtr/refreshes.ts';

export default defineCheck({
  id: 'RACE-10',
  suite: 'races',
  level: 'SHOULD',
  title: 'A login during a refresh keeps the tokens of the login',
  failure: 'A refresh that ends after a new login overwrites the tokens of the login',
  why: 'The user has just connected again, perhaps as another Salesforce user. A late response for the old connection must not replace the new tokens.',
  remedy:
    'Before you store the response to a refresh, check that the stored refresh token is still the one that was sent.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['login-race'],
  untested: 'Log in again during a refresh of the client.',
  shows: ['new-login-kept'],
  relies: ['chain-kept', 'refresh-survived', 'tokens-durable', 'login-recovers', 'stored-before-use'],
  judge: (scenario) => {
    const newest = scenario
      .phase('login')
      .codeExchanges.flatMap(({ seq, response }) => {
        const family = response?.issued?.family;
        return family === undefined ? [] : [{ seq, family }];
      })
      .at(-1);
    if (newest === undefined) return undefined;
    const { family } = newest;
    const after = scenario.since('after-login');
    const [first] = after.refreshes;
    const when = scenario.reached('restarted') ? 'After the new login and a restart' : 'After the new login';
    const old = after.resources.find(({ facts }) => facts.accessToken !== null && facts.accessToken.family !== family);
    if (first !== undefined && first.facts.refreshToken?.family !== family) {
      return fail(`${when} the client sent ${sentToken(first)}; a token of the new login was expected.`, [
        first.seq,
        newest.seq,
      ]);
    }
    if (old !== undefined) {
      return fail('After the new login an API call carried an access token of the old connection.', [
        old.seq,
        newest.seq,
      ]);
    }
    if (first !== undefined) {
      return pass(`${when} the client sent ${sentToken(first)}, which belongs to the new login.`, [
        first.seq,
        newest.seq,
      ]);
    }
    // RTR-04 judges a client that stored nothing.
    const used = after.resources.filter(({ facts }) => facts.accessToken?.family === family);
    return used.length === 0
      ? undefined
      : pass('After the new login API calls carried its access token, and no token of the old connection was used.', [
          ...used.map(({ seq }) => seq),
          newest.seq,
        ]);
  },
});
