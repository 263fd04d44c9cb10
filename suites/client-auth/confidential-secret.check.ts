import { defineCheck, fail, pass, review, warn } from '../../src/grade/finding.ts';
import { onlyConfidential } from './confidentiality.ts';

export default defineCheck({
  id: 'CA-04',
  suite: 'client-auth',
  level: 'MUST',
  title: 'A confidential client redeems its code with its secret',
  failure: 'A confidential client redeems its code without a valid secret',
  why: 'PKCE binds the code, the secret authenticates the client. The partner rule requires both from a confidential client.',
  remedy: 'Send `client_id` and `client_secret` in the form body of the token request, together with `code_verifier`.',
  references: ['RFC 6749 §2.3.1', 'RFC 6749 §4.1.3'],
  scenarios: ['login', 'logins'],
  untested: 'Let a login reach its token request.',
  skip: onlyConfidential,
  judge: ({ codeExchanges }) => {
    if (codeExchanges.length === 0) return undefined;
    const without = codeExchanges.filter(
      ({ facts: { auth } }) => ![auth.body, auth.basic, auth.query].includes('valid'),
    );
    const bad = without.find(({ facts: { auth } }) => !auth.assertion) ?? without[0];
    if (bad?.facts.auth.assertion === true) {
      return review(
        'The client authenticates with a client assertion instead of client_secret. The platform allows that, but the partner rule names the secret. A person has to decide whether it satisfies the rule.',
        [bad.seq],
      );
    }
    if (bad !== undefined) {
      const { body, basic, query } = bad.facts.auth;
      const wrong = [body, basic, query].includes('wrong');
      return fail(
        `A code exchange carried ${wrong ? 'a wrong client secret' : 'no client secret'}; a valid one was expected in the body.`,
        [bad.seq],
      );
    }
    const elsewhere = codeExchanges.find(({ facts: { auth } }) => auth.body !== 'valid');
    return elsewhere === undefined
      ? pass(
          'Each code exchange carried a valid client_secret.',
          codeExchanges.map(({ seq }) => seq),
        )
      : warn(
          elsewhere.facts.auth.basic === 'valid'
            ? 'The secret was sent in an Authorization: Basic header only. Salesforce accepts that; the partner rule names the client_secret parameter.'
            : 'The client_secret parameter was sent in the URL only. Salesforce accepts that, and the partner rule does not name the place; it belongs in the body.',
          [elsewhere.seq],
        );
  },
});
