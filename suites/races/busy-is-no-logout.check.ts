import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';

/** Refreshes within one call that are still no storm. */
const LIMIT = 3;

const check: Check = {
  id: 'RACE-04',
  suite: 'races',
  level: 'SHOULD',
  title: '"token request is already being processed" is waited out',
  failure: '"token request is already being processed" is taken for the end',
  why: 'Salesforce answers so while another request uses the same refresh token. It carries the code invalid_grant, but it is a lock, not a rejection.',
  remedy:
    'Back off for some hundred milliseconds, read the stored tokens again, use them when they are new, otherwise try once more.',
  references: ['RFC 6749 §5.2'],
  scenarios: ['busy'],
  untested: 'Answer a refresh with "token request is already being processed".',
  blockers: ['RTR-01', 'RTR-03', 'RTR-07', 'RACE-15'],
  judge: (scenario) => {
    const part = scenario.phase('busy');
    const refused = part.refreshes.find(({ response }) => response?.fault === 'busy');
    if (refused === undefined) return undefined;
    if (part.refreshes.length > LIMIT) {
      return fail(
        `${String(part.refreshes.length)} refreshes followed each other in one call; at most one retry after a pause was expected.`,
        part.refreshes.map(({ seq }) => seq),
      );
    }
    const after = scenario.since('busy');
    const out = after.verbs.filter(
      ({ end }) => end?.reauthorize === true || end?.connected === false || end?.result === 'died',
    );
    const logins = after.authorizations;
    if (out.length > 0 || logins.length > 0) {
      return fail('The client took the answer for the end of its connection.', [
        refused.seq,
        ...out.map(({ end, seq }) => end?.seq ?? seq),
        ...logins.map(({ seq }) => seq),
      ]);
    }
    const next = scenario.phase('next').verbs.find(({ begin }) => begin.name === 'call');
    if (next?.end === undefined) return undefined;
    const call = part.verbs.find(({ begin }) => begin.name === 'call');
    return next.end.result === 'ok'
      ? pass(
          call?.end?.result === 'ok'
            ? 'The client waited the answer out and went on with new tokens.'
            : 'The call failed, the client kept its connection, and the next call succeeded.',
          [refused.seq, next.end.seq],
        )
      : fail('After the answer the next call failed too; the refresh token was still good.', [
          refused.seq,
          next.end.seq,
        ]);
  },
};
export default check;
