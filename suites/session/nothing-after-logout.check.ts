import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { usesAfterLogout } from './logged-out.ts';

export default defineCheck({
  id: 'SES-03',
  suite: 'session',
  level: 'SHOULD',
  title: 'After a logout no token is used',
  failure: 'After a logout tokens are still used',
  why: 'A client that still uses tokens after a logout has not logged out: the next person at the device acts for the last user.',
  remedy:
    'Delete the access token and the refresh token in one step, in memory and in the store, and let calls fail with "not connected".',
  references: ['RFC 7009 §2'],
  scenarios: ['logout'],
  needs: ['disconnect'],
  untested: 'Let the user log out of the client, then let the client call the API.',
  shows: ['tokens-gone-after-logout'],
  relies: ['refresh-survived', 'chain-kept'],
  judge: (scenario) => {
    const after = scenario.phase('logged-out');
    const call = after.actions.find(({ begin }) => begin.name === 'call');
    if (call?.end === undefined) return undefined;
    const used = usesAfterLogout(after);
    return used.evidence.length > 0
      ? fail(`After the logout the client ${used.how}; it was expected to be disconnected.`, used.evidence)
      : pass('After the logout no token was used.', [call.end.seq]);
  },
});
