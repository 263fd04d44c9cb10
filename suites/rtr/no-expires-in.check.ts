import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';

const check: Check = {
  id: 'RTR-10',
  suite: 'rtr',
  level: 'SHOULD',
  title: 'The client copes with token answers that have no expires_in',
  failure: 'The client does not cope with token answers that have no expires_in',
  why: 'Salesforce never sends expires_in. A client that computes with it gets NaN: a timer that fires at once, or a session that is always "expired".',
  remedy: 'Treat a missing expires_in as unknown: use the access token until a call is answered 401.',
  references: ['RFC 6749 §5.1'],
  scenarios: ['refresh-chain'],
  untested: 'Let the client log in and make API calls.',
  judge: (scenario) => {
    const valid = scenario.before('chain');
    const calls = valid.verbs.flatMap(({ begin, end }) => (begin.name === 'call' && end !== undefined ? [end] : []));
    if (calls.length === 0) return undefined;
    const failed = calls.filter(({ result }) => result === 'failed');
    if (failed.length > 0) {
      return fail(
        `${String(failed.length)} of ${String(calls.length)} calls right after the login failed.`,
        failed.map(({ seq }) => seq),
      );
    }
    return valid.refreshes.length > calls.length
      ? fail(
          `${String(valid.refreshes.length)} refreshes followed the login although the access token lived: the client seems to loop.`,
          valid.refreshes.map(({ seq }) => seq),
        )
      : pass(
          'The client used tokens without expires_in.',
          calls.map(({ seq }) => seq),
        );
  },
};
export default check;
