import { defineCheck, fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { callOutcome } from '../../src/history/calls.ts';
import { hung } from '../error-handling/aftermath.ts';
import { newestToken, stateOfNewest, TOKEN_LOST } from '../rtr/token-state.ts';

/** Refreshes within one call up to which they are not a storm. */
const LIMIT = 3;

export default defineCheck({
  id: 'RACE-04',
  suite: 'races',
  level: 'SHOULD',
  title: 'After "token request is already being processed" the client waits and retries',
  failure: '"token request is already being processed" is treated as a rejected refresh token',
  why: 'Salesforce returns this error while another request uses the same refresh token. Its code is invalid_grant, but it is a lock, not a rejection.',
  remedy:
    'Back off for a few hundred milliseconds and read the stored tokens again. Use them if they are new; otherwise try once more.',
  references: ['RFC 6749 §5.2'],
  scenarios: ['busy'],
  untested: 'Answer a refresh with "token request is already being processed".',
  shows: ['busy-waited-out'],
  relies: ['chain-kept', 'refresh-survived', 'new-access-token-used', 'refreshes-after-failure'],
  judge: (scenario) => {
    const part = scenario.phase('busy');
    const refused = part.refreshes.find(({ response }) => response?.fault === 'busy');
    if (refused === undefined) return undefined;
    if (part.refreshes.length > LIMIT) {
      return fail(
        `${String(part.refreshes.length)} refreshes followed each other within one call; at most one retry after a pause was expected.`,
        part.refreshes.map(({ seq }) => seq),
      );
    }
    const stuck = hung(part);
    if (stuck.length > 0) {
      return fail('After this error the call never ended; an error or a retry after a pause was expected.', [
        ...stuck,
        refused.seq,
      ]);
    }
    const after = scenario.since('busy');
    const out = after.actions.flatMap(({ end }) =>
      end?.reauthorize === true || end?.connected === false || end?.result === 'died' ? [end.seq] : [],
    );
    const asked = [...out, ...after.authorizations.map(({ seq }) => seq)];
    if (asked.length > 0) {
      const at = Math.min(...asked);
      return newestToken(scenario, at)?.state === 'revoked'
        ? inconclusive(
            `The client waited, and asked for a new login later: ${stateOfNewest(scenario, at)}.`,
            [refused.seq, ...asked],
            { broken: TOKEN_LOST },
          )
        : fail(
            `The client treated the error as the end of its connection and asked for a new login; ${stateOfNewest(scenario, at)}.`,
            [refused.seq, ...asked],
          );
    }
    const next = scenario.phase('next').actions.find(({ begin }) => begin.name === 'call');
    if (next?.end === undefined) return undefined;
    const call = part.actions.find(({ begin }) => begin.name === 'call');
    const evidence = [refused.seq, next.end.seq];
    switch (callOutcome(scenario, next)) {
      case 'succeeded':
        return pass(
          call !== undefined && callOutcome(scenario, call) === 'succeeded'
            ? 'The client waited and continued with new tokens.'
            : 'The call failed, the client kept its connection, and the next call succeeded.',
          evidence,
        );
      case 'unseen':
        return inconclusive(
          'After the error the next call was reported as successful, but sent no API request.',
          evidence,
        );
      case 'unbacked':
        return fail('After the error the next call was reported as successful, but the API refused it.', evidence);
      default:
        return fail(`After the error the next call failed too; ${stateOfNewest(scenario, next.end.seq)}.`, evidence);
    }
  },
});
