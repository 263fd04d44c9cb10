import { defineCheck } from '../../src/grade/finding.ts';
import { judgeForeignCallback } from './foreign-callback.ts';

export default defineCheck({
  id: 'AZ-05',
  suite: 'authorization-request',
  level: 'SHOULD',
  title: 'A callback without a state leads to no token request',
  failure: 'A callback without a state is redeemed',
  why: 'If the client compares the state only when the callback has one, an attacker can simply leave it out.',
  remedy:
    'Refuse a callback without `state` in the same way as one with a wrong state: `if (query.state !== expected) return 400`.',
  references: ['RFC 6749 §10.12', 'RFC 9700 §4.7.1'],
  scenarios: ['callbacks'],
  untested: 'Let a login reach its callback, so that the state can be removed from it.',
  judge: (scenario) => judgeForeignCallback(scenario, { phase: 'no-state', what: 'no state' }),
});
