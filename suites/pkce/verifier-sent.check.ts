import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';

const check: Check = {
  id: 'PKCE-04',
  suite: 'pkce',
  level: 'MUST',
  title: 'The token request carries the code_verifier',
  failure: 'The token request for a code carries no code_verifier',
  why: 'The verifier proves that whoever redeems the code is who asked for it. With PKCE enabled, Salesforce refuses a code exchange without it.',
  remedy:
    'Keep the verifier of each login until its callback arrives, and send it: `grant_type=authorization_code&code=…&code_verifier=…`.',
  references: ['RFC 7636 §4.5'],
  scenarios: ['login', 'logins'],
  untested: 'Let a login come to its token request.',
  shows: ['verifier-sent'],
  relies: ['challenge-sent'],
  judge: ({ codeExchanges }) => {
    if (codeExchanges.length === 0) return undefined;
    const without = codeExchanges.find(({ facts }) => facts.verifier === null || facts.verifier.length === 0);
    if (without !== undefined) {
      return fail('A token request for an authorization code carried no code_verifier; it was expected.', [
        without.seq,
      ]);
    }
    return pass(
      `Each of ${String(codeExchanges.length)} token requests for a code carried a code_verifier.`,
      codeExchanges.map(({ seq }) => seq),
    );
  },
};
export default check;
