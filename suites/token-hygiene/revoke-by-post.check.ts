import { defineCheck, fail, pass } from '../../src/grade/finding.ts';

export default defineCheck({
  id: 'HYG-08',
  suite: 'token-hygiene',
  level: 'SHOULD',
  title: 'Revocation sends the token in the body of a POST',
  failure: 'Revocation puts the token into a URL',
  why: 'Salesforce also accepts `GET /services/oauth2/revoke?token=…`, but then the token is written to every access log on the way. If the revocation fails, it is still valid.',
  remedy:
    'Send `POST /services/oauth2/revoke` with `Content-Type: application/x-www-form-urlencoded` and `token=…` in the body.',
  references: ['RFC 7009 §2.1'],
  scenarios: ['logout'],
  needs: ['disconnect'],
  untested: 'Let the user log out of the client, and let the client revoke its token.',
  relies: ['refresh-survived', 'logout-revokes'],
  judge: ({ revocations }) => {
    const sent = revocations.filter(({ facts }) => facts.tokenIn !== 'none');
    if (sent.length === 0) return undefined;
    const bad = sent.filter(({ request, facts }) => request.method !== 'POST' || facts.tokenIn !== 'body');
    const [first] = bad;
    return first === undefined
      ? pass(
          'The token was revoked in the body of a POST.',
          sent.map(({ seq }) => seq),
        )
      : fail(
          `The token was revoked by ${first.request.method} with the token in the ${first.facts.tokenIn}; the body of a POST was expected.`,
          bad.map(({ seq }) => seq),
        );
  },
});
