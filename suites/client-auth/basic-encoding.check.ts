import { defineCheck, fail, pass, skip } from '../../src/grade/finding.ts';

export default defineCheck({
  id: 'CA-09',
  suite: 'client-auth',
  level: 'SHOULD',
  title: 'client_id and client_secret are form-encoded in the Basic header',
  failure: 'client_id and client_secret are not form-encoded in the Basic header',
  why: 'RFC 6749 requires form-encoding before base64. Without it a secret with special characters fails on some servers.',
  remedy: 'Form-encode both parts: `base64(formEncode(client_id) + ":" + formEncode(client_secret))`.',
  references: ['RFC 6749 §2.3.1', 'RFC 6749 Appendix B'],
  scenarios: ['login', 'logins', 'refresh-chain'],
  untested:
    'Let the client authenticate with Basic, and give it a secret that contains a character such as "+" or "%".',
  skip: ({ begin }) =>
    begin.secretNeedsEncoding ? undefined : 'The secret contains no character that has to be encoded.',
  judge: ({ tokenRequests }) => {
    if (tokenRequests.length === 0) return undefined;
    const basic = tokenRequests.filter(({ facts }) => facts.auth.authorizationScheme === 'basic');
    if (basic.length === 0) return skip('The client does not use Basic.', []);
    const raw = basic.find(({ facts }) => facts.auth.basicEncoding === 'raw');
    return raw === undefined
      ? pass(
          'client_id and client_secret were form-encoded in the Basic header.',
          basic.map(({ seq }) => seq),
        )
      : fail('The Basic header contained the secret without form-encoding; form-encoding was expected.', [raw.seq]);
  },
});
