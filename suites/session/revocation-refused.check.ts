import { defineCheck, fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { usesAfterLogout } from './logged-out.ts';

export default defineCheck({
  id: 'SES-02',
  suite: 'session',
  level: 'SHOULD',
  title: 'A logout succeeds even if the revocation is refused',
  failure: 'The user stays logged in when the revocation is refused',
  why: 'Salesforce answers 400 invalid_token for a token that is no longer valid. The user wanted to log out, and keeping the tokens has no benefit.',
  remedy:
    'Delete the tokens whatever the response to the revocation is: `try { await revoke(token) } finally { store.clear() }`.',
  references: ['RFC 7009 §2.2'],
  scenarios: ['logout'],
  needs: ['disconnect'],
  untested: 'Let the user log out of the client while the revocation endpoint answers 400 invalid_token.',
  relies: ['refresh-survived', 'chain-kept', 'logout-revokes', 'tokens-gone-after-logout'],
  judge: (scenario) => {
    const refused = scenario
      .phase('refused-logout')
      .revocations.find(({ response }) => response?.fault === 'invalid-token');
    if (refused === undefined || !scenario.reached('refused-logged-out')) return undefined;
    const used = usesAfterLogout(scenario.phase('refused-logged-out'));
    if (used.evidence.length === 0)
      return pass('The revocation was refused, and the user was logged out.', [refused.seq]);
    const before = usesAfterLogout(scenario.phase('logged-out'));
    return before.evidence.length > 0
      ? inconclusive('The client keeps its tokens after every logout.', [...before.evidence, refused.seq])
      : fail(`The revocation was refused, and the client ${used.how}; it was expected to be logged out.`, [
          ...used.evidence,
          refused.seq,
        ]);
  },
});
