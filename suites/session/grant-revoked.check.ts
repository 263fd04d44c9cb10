import { defineCheck } from '../../src/grade/finding.ts';
import { givenUp } from '../error-handling/given-up.ts';

export default defineCheck({
  id: 'SES-04',
  suite: 'session',
  level: 'MUST',
  title: 'After an administrator revoked its grant the client stops using the tokens',
  failure: 'After an administrator revoked its grant the client continues to use the tokens',
  why: 'Revoking the grant is how an org reacts to a compromise. A client that keeps retrying, or hides the error, gets in the way.',
  remedy:
    'When the session has expired and the refresh is answered `invalid_grant` "expired access/refresh token", stop using the tokens, mark the connection as broken, and ask the user to connect again.',
  references: ['RFC 6749 §5.2', 'RFC 9700 §4.14.2'],
  scenarios: ['grant-revoked'],
  untested: 'Let the client call the API after an administrator has revoked its grant.',
  shows: ['admin-revocation-handled'],
  relies: ['refresh-survived', 'rejection-handled', 'chain-kept'],
  judge: (scenario) =>
    givenUp(scenario.since('admin').before('reconnect'), 'its grant was revoked by an administrator'),
});
