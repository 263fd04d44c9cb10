import { defineCheck, fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { died, hung } from '../error-handling/aftermath.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { callOutcome } from '../../src/history/calls.ts';
import { asksAgain, refusedRequests, sentToken } from '../rtr/refreshes.ts';
import { newestToken, stateOfNewest, TOKEN_LOST } from '../rtr/token-state.ts';

export default defineCheck({
  id: 'RES-09',
  suite: 'resilience',
  level: 'SHOULD',
  title: 'While the token endpoint is unreachable, the refresh token is kept',
  failure: 'While the token endpoint is unreachable, the refresh token is dropped',
  why: 'Networks fail every day. A client that treats a network error as a rejected token sends all its users to a login.',
  remedy:
    'Distinguish a network error from a response: delete the tokens only on `invalid_grant` with "expired access/refresh token", and try again at the next call.',
  references: ['RFC 6749 §5.2'],
  scenarios: ['outages'],
  untested: 'Make the token endpoint unreachable during one call, then let the client make another call.',
  relies: ['chain-kept', 'refresh-survived', 'new-access-token-used', 'refreshes-after-failure'],
  judge: (scenario) => {
    const part = scenario.phase('unreachable');
    const call = part.actions.find(({ begin }) => begin.name === 'call');
    if (call?.end === undefined || call.end.result === 'unsupported') return undefined;
    const first = callOutcome(scenario, call);
    const [waited] = part.refreshes;
    if (first === 'succeeded' && waited?.facts.refreshToken?.head === true) {
      return pass(`The call lasted until the token endpoint could be reached again: it sent ${sentToken(waited)}.`, [
        waited.seq,
        call.end.seq,
      ]);
    }
    if (['succeeded', 'unseen'].includes(first) || !needed(part)) return undefined;
    const after = scenario.since('unreachable');
    const crash = died(after);
    if (crash.length > 0)
      return fail('The token endpoint was unreachable, and the client crashed; an error was expected.', crash);
    const stuck = hung(after);
    if (stuck.length > 0)
      return fail('The token endpoint was unreachable, and the client never answered; an error was expected.', stuck);
    const again = [...asksAgain(after), ...after.authorizations.map(({ seq }) => seq)];
    if (again.length > 0) {
      const at = Math.min(...again);
      const message = `The token endpoint was unreachable, and the client asked for a new login; ${stateOfNewest(scenario, at)}.`;
      return newestToken(scenario, at)?.state === 'revoked'
        ? inconclusive(message, [...again, call.end.seq], { broken: TOKEN_LOST })
        : fail(message, [...again, call.end.seq]);
    }
    const next = scenario.phase('unreachable-over').actions.find(({ begin }) => begin.name === 'call');
    if (next?.end === undefined) return undefined;
    const outcome = callOutcome(scenario, next);
    const [refresh] = after.refreshes;
    if (refresh === undefined) {
      return fail('Once the token endpoint was reachable again the client did not refresh; a refresh was expected.', [
        next.end.seq,
        call.end.seq,
      ]);
    }
    const sent = `Once the token endpoint was reachable again the client sent ${sentToken(refresh)}`;
    const evidence = [refresh.seq, next.end.seq];
    if (outcome === 'succeeded' && refresh.facts.refreshToken?.head === true) {
      return pass(`${sent}, and the call succeeded.`, evidence);
    }
    return outcome === 'unseen'
      ? inconclusive(`${sent}, and reported success, but sent no API request.`, evidence)
      : fail(`${sent}, and the call failed.`, evidence);
  },
});

/** Returns whether the failed call needed the token endpoint: the API answered that the session had expired, or no API request was sent
 * because the client refreshes (or introspects its token) before each call. */
const needed = (part: ScenarioHistory): boolean => refusedRequests(part).length > 0 || part.resources.length === 0;
