import { defineCheck } from '../../src/grade/finding.ts';
import { givenUp } from './given-up.ts';

export default defineCheck({
  id: 'ERR-01',
  suite: 'error-handling',
  level: 'MUST',
  title: 'A rejected refresh token is dropped, and the user is asked to connect again',
  failure: 'A rejected refresh token is not handled',
  why: 'A rejected refresh token never works again. Retrying hides the fault from the user, and the rejection may be the only sign that the token was stolen.',
  remedy:
    'On `invalid_grant` "expired access/refresh token" stop using the token, mark the connection as broken, and ask the user to connect again.',
  references: ['RFC 6749 §5.2', 'RFC 9700 §4.14.2'],
  scenarios: ['rejected'],
  untested: 'Let the client refresh with a token that the server rejects.',
  shows: ['rejection-handled'],
  relies: ['refresh-after-401'],
  judge: (scenario) => givenUp(scenario.since('rejected').before('recovery'), 'its refresh token was rejected'),
});
