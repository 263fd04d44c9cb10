import { defineCheck, fail, pass } from '../../src/grade/finding.ts';

export default defineCheck({
  id: 'CA-08',
  suite: 'client-auth',
  level: 'SHOULD',
  title: 'The client_secret is never part of a URL',
  failure: 'The client_secret is part of a URL',
  why: 'URLs end up in logs, browser histories and Referer headers.',
  remedy: 'Send `client_secret` in the body of the POST to the token endpoint, and nowhere else.',
  references: ['RFC 6749 §2.3.1'],
  scenarios: ['login', 'logins', 'refresh-chain'],
  untested: 'Let a login reach its token request.',
  judge: ({ tokenRequests, authorizations }) => {
    if (tokenRequests.length === 0 && authorizations.length === 0) return undefined;
    const bad =
      tokenRequests.find(({ facts }) => facts.auth.query !== 'absent') ??
      authorizations.find(({ facts }) => facts.leaked.includes('client_secret'));
    return bad === undefined
      ? pass(
          'No URL of the authorization or token endpoint contained a secret.',
          [...authorizations, ...tokenRequests].map(({ seq }) => seq),
        )
      : fail(
          `The URL of ${bad.request.endpoint === 'token' ? 'a token' : 'an authorization'} request contained client_secret; it belongs in the body of the token request.`,
          [bad.seq],
        );
  },
});
