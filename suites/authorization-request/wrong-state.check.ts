import { defineCheck } from '../../src/grade/finding.ts';
import { judgeForeignCallback } from './foreign-callback.ts';

export default defineCheck({
  id: 'AZ-04',
  suite: 'authorization-request',
  level: 'SHOULD',
  title: 'A callback with a wrong state leads to no token request',
  failure: 'A callback with a wrong state is redeemed',
  why: 'A callback that the client did not ask for may carry the code of an attacker; the user would then work in the account of the attacker.',
  remedy:
    'Look up the login by the `state` of the callback, and stop if there is none: `const login = logins.get(query.state); if (!login) return 400`.',
  references: ['RFC 6749 §10.12', 'RFC 9700 §4.7.1'],
  scenarios: ['callbacks'],
  untested: 'Let a login reach its callback, so that the state can be changed in it.',
  judge: (scenario) => judgeForeignCallback(scenario, { phase: 'wrong-state', what: 'a wrong state' }),
});
