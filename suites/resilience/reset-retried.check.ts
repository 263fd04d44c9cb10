import { defineCheck } from '../../src/grade/finding.ts';
import { survived } from './survived.ts';

export default defineCheck({
  id: 'RES-04',
  suite: 'resilience',
  level: 'INFO',
  title: 'After the connection was reset before the refresh, the refresh token is kept',
  failure: 'After the connection was reset, the refresh token is dropped',
  why: 'The server did not process the request, and the token is still valid: retrying is allowed.',
  remedy: 'Keep the tokens on network errors, and try once more after a pause or at the next call.',
  references: ['RFC 6749 §6'],
  scenarios: ['outages'],
  untested: 'Reset the connection of a refresh of the client before the server processes it.',
  relies: ['chain-kept', 'refresh-survived', 'new-access-token-used', 'refreshes-after-failure'],
  judge: (scenario) =>
    survived(scenario, 'reset', 'The connection of a refresh was reset before the server processed it')?.finding,
});
