import { defineCheck } from '../../src/grade/finding.ts';
import { judgeLostAnswer } from './lost-answer.ts';

export default defineCheck({
  id: 'RES-07',
  suite: 'resilience',
  level: 'SHOULD',
  title: 'After a completed refresh was answered 500, the token is sent at most once more',
  failure: 'After a completed refresh was answered 500, the client keeps retrying or crashes',
  why: 'The refresh token was used up although the client received no new one. Sending it again is treated as reuse: Salesforce revokes the token family, and no further attempt can succeed.',
  remedy:
    'Send the token at most once more, after a pause. If that is answered `invalid_grant` "expired access/refresh token", delete the tokens and ask the user to connect again.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['lost-answers'],
  untested: 'Let the response to a completed refresh of the client be lost.',
  relies: [
    'refresh-after-401',
    'rejection-handled',
    'refreshes-after-failure',
    'login-recovers',
    'chain-kept',
    'refresh-survived',
  ],
  judge: (scenario) =>
    judgeLostAnswer(scenario, 'server-error-after-commit', 'The server completed a refresh and answered 500'),
});
