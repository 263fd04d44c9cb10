import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { howMany } from '../counted.ts';

export default defineCheck({
  id: 'RTR-10',
  suite: 'rtr',
  level: 'SHOULD',
  title: 'The client works with token responses that have no expires_in',
  failure: 'The client fails with token responses that have no expires_in',
  why: 'Salesforce never sends expires_in. A client that calculates with it gets NaN: a timer that fires at once, or an access token that always counts as expired.',
  remedy: 'Treat a missing expires_in as unknown: use the access token until a call is answered 401.',
  references: ['RFC 6749 §5.1'],
  scenarios: ['refresh-chain'],
  untested: 'Let the client log in and make API calls.',
  judge: (scenario) => {
    const valid = scenario.before('chain');
    const calls = valid.actions.flatMap(({ begin, end }) => (begin.name === 'call' && end !== undefined ? [end] : []));
    if (calls.length === 0) return undefined;
    const failed = calls.filter(({ result }) => result === 'failed');
    if (failed.length > 0) {
      return fail(
        `${String(failed.length)} of ${howMany(calls.length, 'call')} right after the login failed; all were expected to succeed.`,
        failed.map(({ seq }) => seq),
      );
    }
    return valid.refreshes.length > calls.length
      ? fail(
          `${String(valid.refreshes.length)} refreshes followed the login although the access token was valid: the client seems to loop.`,
          valid.refreshes.map(({ seq }) => seq),
        )
      : pass(
          'The client used tokens without expires_in.',
          calls.map(({ seq }) => seq),
        );
  },
});
