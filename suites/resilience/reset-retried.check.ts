import type { Check } from '../../src/grade/check.ts';
import { survived } from './survived.ts';

const check: Check = {
  id: 'RES-04',
  suite: 'resilience',
  level: 'INFO',
  title: 'A connection that breaks before the refresh was carried out costs no refresh token',
  failure: 'A connection that breaks costs the refresh token',
  why: 'Nothing was carried out, and the token is still good: trying it once more is allowed.',
  remedy: 'Keep the tokens on network errors, and try once more after a pause or at the next call.',
  references: ['RFC 6749 §6'],
  scenarios: ['outages'],
  untested: 'Reset the connection of a refresh of the client before it is carried out.',
  relies: ['chain-kept', 'refresh-survived', 'new-access-token-used', 'refreshes-after-failure'],
  judge: (scenario) =>
    survived(scenario, 'reset', 'The connection of a refresh was reset before it was carried out')?.finding,
};
export default check;
