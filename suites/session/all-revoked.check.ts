import type { Check } from '../../src/grade/check.ts';
import { oneLoginSuffices } from './one-login.ts';

const check: Check = {
  id: 'SES-05',
  suite: 'session',
  level: 'INFO',
  title: 'When a password reset or new app keys end all tokens, one new login fixes it',
  failure: 'When all tokens end at once, a new login does not fix it',
  why: 'Resetting a password or rotating the keys of the app ends every token of it at once. One login per user has to be enough.',
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
};
export default check;
