import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { eachOf } from '../counted.ts';

export default defineCheck({
  id: 'PKCE-04',
  suite: 'pkce',
  level: 'MUST',
  title: 'The token request carries the code_verifier',
  failure: 'The token request carries no code_verifier',
  why: 'The verifier proves that the client that redeems the code is the one that requested it. With PKCE enabled, Salesforce refuses a code exchange without it.',
  remedy:
    'Keep the verifier of each login until its callback arrives, and send it: `grant_type=authorization_code&code=…&code_verifier=…`.',
  references: ['RFC 7636 §4.5'],
  scenarios: ['login', 'logins'],
  untested: 'Let a login reach its token request.',
  shows: ['verifier-sent'],
  relies: ['challenge-sent'],
  judge: ({ codeExchanges }) => {
    if (codeExchanges.length === 0) return undefined;
    const without = codeExchanges.find(({ facts }) => facts.verifier === null || facts.verifier.length === 0);
    if (without !== undefined) {
      return fail('A code exchange carried no code_verifier; one was expected.', [without.seq]);
    }
    return pass(
      `${eachOf(codeExchanges.length, 'code exchange')} carried a code_verifier.`,
      codeExchanges.map(({ seq }) => seq),
    );
  },
});
