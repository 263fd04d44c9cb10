import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { onlyPublic } from './confidentiality.ts';

export default defineCheck({
  id: 'CA-03',
  suite: 'client-auth',
  level: 'MUST',
  title: 'A public client redeems its code without an Authorization: Basic header',
  failure: 'A public client redeems its code with an Authorization: Basic header',
  why: 'For a public client only the code_verifier ties the code to it. A Basic header is a client secret in another place, even with an empty password.',
  remedy: 'Send `client_id` in the form body and no Authorization header.',
  references: ['RFC 6749 §2.3'],
  scenarios: ['login', 'logins'],
  untested: 'Let a login reach its token request.',
  skip: onlyPublic,
  judge: ({ codeExchanges }) => {
    if (codeExchanges.length === 0) return undefined;
    const sent = codeExchanges.find(({ facts }) => facts.auth.authorizationScheme === 'basic');
    return sent === undefined
      ? pass(
          'No code exchange carried an Authorization: Basic header.',
          codeExchanges.map(({ seq }) => seq),
        )
      : fail(
          `A code exchange of a public client carried an Authorization: Basic header${sent.facts.auth.basic === 'empty' ? ' with an empty password' : ''}; none was expected.`,
          [sent.seq],
        );
  },
});
