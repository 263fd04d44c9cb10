import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import { usesAfterLogout } from './logged-out.ts';

const check: Check = {
  id: 'SES-03',
  suite: 'session',
  level: 'SHOULD',
  title: 'After a logout no token is used',
  failure: 'After a logout tokens are used',
  why: 'A client that goes on with tokens after a logout has not logged out: whoever sits down next acts for the last user.',
  remedy: 'Forget access and refresh token in one step, memory and store, and answer calls with "not connected".',
  references: ['RFC 7009 §2'],
  scenarios: ['logout'],
  needs: ['disconnect'],
  untested: 'Let the user log out of the client, then let the client call the API.',
  shows: ['tokens-gone-after-logout'],
  relies: ['refresh-survived', 'chain-kept'],
  judge: (scenario) => {
    const after = scenario.phase('logged-out');
    const call = after.verbs.find(({ begin }) => begin.name === 'call');
    if (call?.end === undefined) return undefined;
    const used = usesAfterLogout(after);
    return used.evidence.length > 0
      ? fail(`After the logout the client ${used.how}; nothing of the kind was expected.`, used.evidence)
      : pass('After the logout no token was used.', [call.end.seq]);
  },
};
export default check;
