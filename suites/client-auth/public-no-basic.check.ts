import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import { onlyPublic } from './confidentiality.ts';

const check: Check = {
  id: 'CA-03',
  suite: 'client-auth',
  level: 'MUST',
  title: 'A public client sends no Authorization: Basic header with its code',
  failure: 'A public client authenticates with Basic',
  why: 'For a public client the code_verifier is the only mechanism that identifies it. A Basic header is a secret by another name, also with an empty password.',
  remedy: 'Send `client_id` in the form body and no Authorization header.',
  references: ['RFC 6749 §2.3'],
  scenarios: ['login', 'logins'],
  untested: 'Let a login come to its token request.',
  skip: onlyPublic,
  judge: ({ codeExchanges }) => {
    if (codeExchanges.length === 0) return undefined;
    const sent = codeExchanges.find(({ facts }) => facts.auth.authorizationScheme === 'basic');
    return sent === undefined
      ? pass(
          'No token request for a code had an Authorization: Basic header.',
          codeExchanges.map(({ seq }) => seq),
        )
      : fail(
          `The token request of a public client had Authorization: Basic${sent.facts.auth.basic === 'empty' ? ' with an empty password' : ''}; none was expected.`,
          [sent.seq],
        );
  },
};
export default check;
