import { defineCheck, fail, pass, review } from '../../src/grade/finding.ts';
import { onlyConfidential } from './confidentiality.ts';

export default defineCheck({
  id: 'CA-05',
  suite: 'client-auth',
  level: 'MUST',
  title: 'A confidential client sends code_verifier and secret in one request',
  failure: 'A confidential client omits the code_verifier or the secret',
  why: 'The verifier binds the code to this login, the secret authenticates the client. Neither replaces the other.',
  remedy: 'Send both in the token request: `code=…&code_verifier=…&client_id=…&client_secret=…`.',
  references: ['RFC 7636 §4.5', 'RFC 6749 §4.1.3'],
  scenarios: ['login', 'logins'],
  untested: 'Let a login reach its token request.',
  skip: onlyConfidential,
  judge: ({ codeExchanges }) => {
    if (codeExchanges.length === 0) return undefined;
    const exchanges = codeExchanges.map(({ seq, facts }) => ({
      seq,
      verifier: facts.verifier !== null && facts.verifier.length > 0,
      // Other checks judge where the secret is sent.
      secret: [facts.auth.body, facts.auth.basic, facts.auth.query].includes('valid'),
      assertion: facts.auth.assertion,
    }));
    const bad = exchanges.find(({ verifier, secret, assertion }) => !verifier || (!secret && !assertion));
    if (bad !== undefined) {
      const missing = [...(bad.verifier ? [] : ['code_verifier']), ...(bad.secret ? [] : ['valid client secret'])];
      return fail(`A code exchange carried no ${missing.join(' and no ')}; both were expected.`, [bad.seq]);
    }
    const asserted = exchanges.find(({ secret }) => !secret);
    if (asserted !== undefined) {
      return review(
        'The code_verifier came with a client assertion instead of a secret. A person has to decide whether that satisfies the rule.',
        [asserted.seq],
      );
    }
    return pass(
      'Each code exchange carried a code_verifier and a valid secret.',
      codeExchanges.map(({ seq }) => seq),
    );
  },
});
