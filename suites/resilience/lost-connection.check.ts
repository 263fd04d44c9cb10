import { defineCheck } from '../../src/grade/finding.ts';
import { judgeLostAnswer } from './lost-answer.ts';

export default defineCheck({
  id: 'RES-05',
  suite: 'resilience',
  level: 'SHOULD',
  title: 'After the connection was reset during a refresh, the token is sent at most once more',
  failure: 'After the connection was reset during a refresh, the client keeps retrying or crashes',
  why: 'The refresh token was used up although the client received no new one. Sending it again is treated as reuse: Salesforce revokes the token family, and no further attempt can succeed.',
  remedy:
    'Send the token at most once more, after a pause. If that is answered `invalid_grant` "expired access/refresh token", delete the tokens and ask the user to connect again.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['lost-answers'],
  untested: 'Let the response to a completed refresh of the client be lost.',
  shows: ['lost-answer-bounded'],
  relies: ['refresh-after-401', 'rejection-handled', 'refreshes-after-failure', 'chain-kept', 'refresh-survived'],
  judge: (scenario, { run }) =>
    judgeLostAnswer(
      scenario,
      'reset-after-commit',
      'The connection was reset after the server had completed a refresh',
      // Browsers repeat a request, also a POST, when its keep-alive connection breaks before an answer.
      run.driver === 'browser' ? 'the browser' : undefined,
    ),
});
