import { defineCheck } from '../../src/grade/finding.ts';
import { oneLoginSuffices } from './one-login.ts';

export default defineCheck({
  id: 'SES-09',
  suite: 'session',
  level: 'SHOULD',
  title: 'A frozen user’s tokens are given up, and one login after unfreezing is enough',
  failure: 'A frozen user’s tokens are used on, or a login after unfreezing does not help',
  why: 'Salesforce freezes a user who signs in through an anonymizing VPN, and revokes all refresh tokens. They stay dead when the user is unfrozen: only a new login helps.',
  remedy:
    'On `invalid_grant` "expired access/refresh token" drop the tokens and ask the user to connect again; do not retry until then.',
  references: ['RFC 6749 §5.2'],
  scenarios: ['frozen-user'],
  untested: 'Freeze the user, let the client call the API, unfreeze the user and connect the client again.',
  relies: [
    'refresh-after-401',
    'rejection-handled',
    'no-storm',
    'login-recovers',
    'chain-kept',
    'refresh-survived',
    'new-access-token-used',
  ],
  judge: (scenario) =>
    oneLoginSuffices(scenario, {
      from: 'frozen',
      reconnect: 'reconnect',
      what: 'its user was frozen and all tokens were revoked',
      beginning: 'The user was frozen and later unfrozen',
    }),
});
