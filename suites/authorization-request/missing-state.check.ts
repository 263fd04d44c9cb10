import type { Check } from '../../src/grade/check.ts';
import { judgeForeignCallback } from './foreign-callback.ts';

const check: Check = {
  id: 'AZ-05',
  suite: 'authorization-request',
  level: 'SHOULD',
  title: 'A callback without a state leads to no token request',
  failure: 'A callback without a state is redeemed',
  why: 'Whoever compares the state only when there is one can be passed by leaving it out.',
  remedy:
    'Refuse a callback whose `state` is missing just as one whose state is wrong: `if (query.state !== expected) return 400`.',
  references: ['RFC 6749 §10.12', 'RFC 9700 §4.7.1'],
  scenarios: ['callbacks'],
  untested: 'Let a login come to its callback, so that its state can be taken out on the way.',
  judge: (scenario) => judgeForeignCallback(scenario, { phase: 'no-state', what: 'no state' }),
};
export default check;
