import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import { onlyPublic } from './confidentiality.ts';

const check: Check = {
  id: 'CA-01',
  suite: 'client-auth',
  level: 'MUST',
  title: 'A public client redeems its code without the client_secret parameter',
  failure: 'A public client sends the client_secret parameter with its code',
  why: 'A secret that ships with a public client is no secret. The partner rule forbids the parameter; the verifier alone identifies the client.',
  remedy: 'Leave `client_secret` out of the token request altogether, also as an empty parameter.',
  references: ['RFC 6749 §2.3.1', 'RFC 9700 §2.1.1'],
  scenarios: ['login', 'logins'],
  untested: 'Let a login come to its token request.',
  skip: onlyPublic,
  judge: ({ codeExchanges }) => {
    if (codeExchanges.length === 0) return undefined;
    const sent = codeExchanges.find(({ facts }) => facts.auth.body !== 'absent' || facts.auth.query !== 'absent');
    if (sent !== undefined) {
      const where = sent.facts.auth.body === 'absent' ? 'query' : 'body';
      const empty = sent.facts.auth[where] === 'empty';
      return fail(
        `The token request of a public client had client_secret in its ${where}${empty ? ', with no value' : ''}; the parameter must be absent.`,
        [sent.seq],
        {
          diagnosis: empty
            ? 'Many libraries send an empty client_secret when none is configured: choose client authentication "none".'
            : 'Salesforce checks a secret that is sent although none is required, and accepts a right one; the partner rule does not.',
        },
      );
    }
    return pass(
      `None of ${String(codeExchanges.length)} token requests for a code had client_secret.`,
      codeExchanges.map(({ seq }) => seq),
    );
  },
};
export default check;
