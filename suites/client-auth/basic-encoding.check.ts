import type { Check } from '../../src/grade/check.ts';
import { fail, pass, skip } from '../../src/grade/finding.ts';

const check: Check = {
  id: 'CA-09',
  suite: 'client-auth',
  level: 'SHOULD',
  title: 'Identifier and secret are form-encoded inside Basic',
  failure: 'Identifier and secret are not form-encoded inside Basic',
  why: 'RFC 6749 asks for form-encoding before base64. A secret with special characters fails without it, on some servers only.',
  remedy: 'Form-encode both parts: `base64(formEncode(client_id) + ":" + formEncode(client_secret))`.',
  references: ['RFC 6749 §2.3.1', 'RFC 6749 Appendix B'],
  scenarios: ['login', 'logins', 'refresh-chain'],
  untested: 'Let the client authenticate with Basic, with a secret that has a character such as "+" or "%".',
  skip: ({ begin }) =>
    begin.secretNeedsEncoding ? undefined : 'The secret has no character that would have to be encoded.',
  judge: ({ tokenRequests }) => {
    if (tokenRequests.length === 0) return undefined;
    const basic = tokenRequests.filter(({ facts }) => facts.auth.authorizationScheme === 'basic');
    if (basic.length === 0) return skip('The client does not use Basic.', []);
    const raw = basic.find(({ facts }) => facts.auth.basicEncoding === 'raw');
    return raw === undefined
      ? pass(
          'Identifier and secret were form-encoded inside Basic.',
          basic.map(({ seq }) => seq),
        )
      : fail('The secret stood inside Basic as it is; form-encoding was expected.', [raw.seq]);
  },
};
export default check;
