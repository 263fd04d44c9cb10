import type { Check } from '../../src/grade/check.ts';
import { judgeLostAnswer } from './lost-answer.ts';

const check: Check = {
  id: 'RES-05',
  suite: 'resilience',
  level: 'SHOULD',
  title: 'A refresh whose answer is lost with the connection is tried once more at most',
  failure: 'A refresh whose answer is lost with the connection is repeated, or brings the client down',
  why: 'The refresh token was used up although the client saw no new one. Presented again it is taken for stolen: Salesforce revokes the family, and no further attempt can succeed.',
  remedy:
    'Present the token once more at most, after a pause. When that is answered `invalid_grant` "expired access/refresh token", drop the tokens and ask the user to connect again.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['lost-answers'],
  untested: 'Let the answer to a refresh of the client be lost after it was carried out.',
  shows: ['lost-answer-bounded'],
  relies: ['refresh-after-401', 'rejection-handled', 'refreshes-after-failure', 'chain-kept', 'refresh-survived'],
  judge: (scenario, { run }) =>
    judgeLostAnswer(
      scenario,
      'reset-after-commit',
      'The connection was reset after a refresh had been carried out',
      // Browsers send a request again whose kept connection breaks before an answer, a POST too.
      run.driver === 'browser' ? 'the browser' : undefined,
    ),
};
export default check;
