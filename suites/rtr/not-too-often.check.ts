import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { howMany } from '../counted.ts';

export default defineCheck({
  id: 'RTR-11',
  suite: 'rtr',
  level: 'SHOULD',
  title: 'A valid access token is not refreshed',
  failure: 'The client refreshes although its access token is valid',
  why: 'Salesforce asks clients to cache access tokens: each refresh rotates the token and is one more chance to lose it.',
  remedy:
    'Refresh after a call was answered 401 INVALID_SESSION_ID, or shortly before a known expiry, not before each call.',
  references: ['RFC 6749 §1.5'],
  scenarios: ['refresh-chain'],
  untested: 'Let the client make several API calls while its access token is valid.',
  judge: (scenario) => {
    const valid = scenario.phase('valid');
    const calls = valid.actions.filter(({ end }) => end?.result === 'ok').length;
    if (calls < 2) return undefined;
    return valid.refreshes.length === 0
      ? pass(
          `${howMany(calls, 'call')} with a valid access token triggered no refresh.`,
          valid.resources.map(({ seq }) => seq),
        )
      : fail(
          `${howMany(calls, 'call')} with a valid access token triggered ${howMany(valid.refreshes.length, 'refresh', 'refreshes')}; none was expected.`,
          valid.refreshes.map(({ seq }) => seq),
        );
  },
});
