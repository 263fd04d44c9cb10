import { defineCheck, fail, pass } from '../../src/grade/finding.ts';

export default defineCheck({
  id: 'CA-07',
  suite: 'client-auth',
  level: 'SHOULD',
  title: 'Each request uses one client authentication mechanism',
  failure: 'The client sends its secret in the header and in the body',
  why: 'RFC 6749 allows one authentication mechanism per request; strict servers refuse two.',
  remedy: 'Send the credentials in the form body, and drop the Authorization header.',
  references: ['RFC 6749 §2.3'],
  scenarios: ['login', 'logins', 'refresh-chain'],
  untested: 'Let a login reach its token request.',
  judge: ({ tokenRequests }) => {
    if (tokenRequests.length === 0) return undefined;
    const both = tokenRequests.find(
      ({ facts: { auth } }) => auth.body !== 'absent' && auth.authorizationScheme === 'basic',
    );
    return both === undefined
      ? pass(
          'No token request used two authentication mechanisms.',
          tokenRequests.map(({ seq }) => seq),
        )
      : fail(
          'A token request carried client_secret in its body as well as an Authorization: Basic header; only one of them was expected.',
          [both.seq],
        );
  },
});
