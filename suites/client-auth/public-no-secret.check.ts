import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { howMany } from '../counted.ts';
import { onlyPublic } from './confidentiality.ts';

export default defineCheck({
  id: 'CA-01',
  suite: 'client-auth',
  level: 'MUST',
  title: 'A public client redeems its code without the client_secret parameter',
  failure: 'A public client sends the client_secret parameter with its code',
  why: 'A secret that ships with a public client is not secret. The partner rule forbids the parameter; the code_verifier takes its place.',
  remedy: 'Remove `client_secret` from the token request; do not send it as an empty parameter either.',
  references: ['RFC 6749 §2.3.1', 'RFC 9700 §2.1.1'],
  scenarios: ['login', 'logins'],
  untested: 'Let a login reach its token request.',
  skip: onlyPublic,
  judge: ({ codeExchanges }) => {
    if (codeExchanges.length === 0) return undefined;
    const sent = codeExchanges.find(({ facts }) => facts.auth.body !== 'absent' || facts.auth.query !== 'absent');
    if (sent !== undefined) {
      const where = sent.facts.auth.body === 'absent' ? 'query' : 'body';
      const empty = sent.facts.auth[where] === 'empty';
      return fail(
        `A code exchange of a public client carried client_secret in its ${where}${empty ? ', with an empty value' : ''}; the parameter must be absent.`,
        [sent.seq],
        {
          diagnosis: empty
            ? 'Many libraries send an empty client_secret when none is configured: choose client authentication "none".'
            : 'Salesforce checks a secret that is sent although none is required, and accepts a correct one; the partner rule does not.',
        },
      );
    }
    return pass(
      `No client_secret was sent in ${howMany(codeExchanges.length, 'code exchange')}.`,
      codeExchanges.map(({ seq }) => seq),
    );
  },
});
