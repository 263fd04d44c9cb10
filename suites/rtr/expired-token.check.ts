import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { aftermath } from '../error-handling/aftermath.ts';

export default defineCheck({
  id: 'RTR-14',
  suite: 'rtr',
  level: 'INFO',
  title: 'An expired refresh token is treated like a rejected one',
  failure: 'An expired refresh token is not treated like a rejected one',
  why: 'With the 30-day idle limit a refresh token expires by itself; the response is the same invalid_grant as for a revoked one.',
  remedy:
    'On `invalid_grant` "expired access/refresh token" ask the user to connect again. The answer is the same whether the token has expired, was revoked or was used before.',
  references: ['RFC 6749 §5.2'],
  scenarios: ['rejected'],
  untested: 'Let the client refresh with an expired refresh token.',
  relies: ['rejection-handled'],
  judge: (scenario) => {
    const after = scenario.since('rejected').before('recovery');
    const { refused, surfaced } = aftermath(after);
    if (refused === undefined) return undefined;
    return surfaced.length > 0
      ? pass('The client reported that its user has to connect again.', [refused.seq, ...surfaced])
      : fail('The client did not report that its refresh token has expired; an error or a new login was expected.', [
          refused.seq,
        ]);
  },
});
