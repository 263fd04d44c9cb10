import type { Check } from '../../src/grade/check.ts';
import { fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { died, hung } from '../error-handling/aftermath.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { callOutcome } from '../../src/history/calls.ts';
import { asksAgain, refusedRequests, presented } from '../rtr/refreshes.ts';
import { newestToken, stateOfNewest, TOKEN_LOST } from '../rtr/token-state.ts';

const check: Check = {
  id: 'RES-09',
  suite: 'resilience',
  level: 'SHOULD',
  title: 'A token endpoint that cannot be reached for a while costs no refresh token',
  failure: 'A token endpoint that cannot be reached costs the refresh token',
  why: 'Networks fail every day. A client that takes that for a rejected token sends all its users to a login.',
  remedy:
    'Distinguish a network error from an answer: drop the tokens only on `invalid_grant` with "expired access/refresh token", and try again at the next call.',
  references: ['RFC 6749 §5.2'],
  scenarios: ['outages'],
  untested: 'Make the token endpoint unreachable during one call, then let the client make another call.',
  relies: ['chain-kept', 'refresh-survived', 'new-access-token-used', 'refreshes-after-failure'],
  judge: (scenario) => {
    const part = scenario.phase('unreachable');
    const call = part.verbs.find(({ begin }) => begin.name === 'call');
    if (call?.end === undefined || call.end.result === 'unsupported') return undefined;
    const first = callOutcome(scenario, call);
    const [waited] = part.refreshes;
    if (first === 'succeeded' && waited?.facts.refreshToken?.head === true) {
      return pass(`The call lasted until the token endpoint could be reached again: it sent ${presented(waited)}.`, [
        waited.seq,
        call.end.seq,
      ]);
    }
    if (['succeeded', 'unseen'].includes(first) || !needed(part)) return undefined;
    const after = scenario.since('unreachable');
    const crash = died(after);
    if (crash.length > 0) return fail('The token endpoint could not be reached, and the client died.', crash);
    const stuck = hung(after);
    if (stuck.length > 0) return fail('The token endpoint could not be reached, and the client never answered.', stuck);
    const again = [...asksAgain(after), ...after.authorizations.map(({ seq }) => seq)];
    if (again.length > 0) {
      const at = Math.min(...again);
      const message = `The token endpoint could not be reached, and the client asked for a new login; ${stateOfNewest(scenario, at)}.`;
      return newestToken(scenario, at)?.state === 'revoked'
        ? inconclusive(message, [...again, call.end.seq], { broken: TOKEN_LOST })
        : fail(message, [...again, call.end.seq]);
    }
    const next = scenario.phase('unreachable-over').verbs.find(({ begin }) => begin.name === 'call');
    if (next?.end === undefined) return undefined;
    const outcome = callOutcome(scenario, next);
    const [refresh] = after.refreshes;
    if (refresh === undefined) {
      return fail('Once the token endpoint could be reached again the client did not refresh.', [
        next.end.seq,
        call.end.seq,
      ]);
    }
    const sent = `Once the token endpoint could be reached again the client sent ${presented(refresh)}`;
    const evidence = [refresh.seq, next.end.seq];
    if (outcome === 'succeeded' && refresh.facts.refreshToken?.head === true) {
      return pass(`${sent} and went on.`, evidence);
    }
    return outcome === 'unseen'
      ? inconclusive(`${sent}, reported success and sent no API request.`, evidence)
      : fail(`${sent}, and failed.`, evidence);
  },
};
export default check;

/** The failed call needed the token endpoint: the API told it that the session was dead, or it came to no API request at all, because the
 * client refreshes (or asks whether its token lives) before each call. */
const needed = (part: ScenarioHistory): boolean => refusedRequests(part).length > 0 || part.resources.length === 0;
