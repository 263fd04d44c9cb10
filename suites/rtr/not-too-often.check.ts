import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';

const check: Check = {
  id: 'RTR-11',
  suite: 'rtr',
  level: 'SHOULD',
  title: 'A living access token is used, not refreshed',
  failure: 'The client refreshes although its access token lives',
  why: 'Salesforce asks clients to cache access tokens: each refresh rotates the token and is one more chance to lose it.',
  remedy:
    'Refresh when a call was answered 401 INVALID_SESSION_ID, or shortly before a known expiry, not before each call.',
  references: ['RFC 6749 §1.5'],
  scenarios: ['refresh-chain'],
  untested: 'Let the client make several API calls while its access token lives.',
  judge: (scenario) => {
    const valid = scenario.phase('valid');
    const calls = valid.verbs.filter(({ end }) => end?.result === 'ok').length;
    if (calls < 2) return undefined;
    return valid.refreshes.length === 0
      ? pass(
          `${String(calls)} calls with a living access token led to no refresh.`,
          valid.resources.map(({ seq }) => seq),
        )
      : fail(
          `${String(calls)} calls with a living access token led to ${String(valid.refreshes.length)} refreshes; none was expected.`,
          valid.refreshes.map(({ seq }) => seq),
        );
  },
};
export default check;
