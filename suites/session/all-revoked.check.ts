import { defineCheck } from '../../src/grade/finding.ts';
import { oneLoginSuffices } from './one-login.ts';

export default defineCheck({
  id: 'SES-05',
  suite: 'session',
  level: 'INFO',
  title: 'After a password reset or a key rotation revokes all tokens, one new login is enough',
  failure: 'After all tokens were revoked, one new login is not enough',
  why: 'Resetting a password or rotating the keys of the app revokes all its tokens at once. One login per user has to be enough.',
  remedy:
    'On `invalid_grant` "expired access/refresh token" drop all tokens of the user, ask once, and begin anew with what the login gives.',
  references: ['RFC 6749 §5.2'],
  scenarios: ['grant-revoked'],
  untested: 'Let the client call the API after all tokens of its app have been revoked, then connect it again.',
  relies: ['refresh-after-401', 'rejection-handled', 'login-recovers', 'chain-kept', 'refresh-survived'],
  judge: (scenario) =>
    oneLoginSuffices(scenario, {
      from: 'key-rotation',
      reconnect: 'reconnect-after-keys',
      what: 'all its tokens were revoked',
      beginning: 'All tokens ended at once',
    }),
});
