import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import { died, hung } from '../error-handling/aftermath.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { asksAgain, deadSessions, presented } from '../rtr/refreshes.ts';

const check: Check = {
  id: 'RES-09',
  suite: 'resilience',
  level: 'SHOULD',
  title: 'A token endpoint that cannot be reached for a while costs no refresh token',
  failure: 'A token endpoint that cannot be reached costs the refresh token',
  why: 'Networks fail every day. A client that takes that for a rejected token sends all its users to a login.',
  remedy:
    'Tell a network error from an answer: drop the tokens on `invalid_grant` only, and try again at the next call.',
  references: ['RFC 6749 §5.2'],
  scenarios: ['outages'],
  untested: 'Make the token endpoint unreachable during one call, then let the client make another call.',
  blockers: ['RTR-01', 'RTR-02', 'RTR-03', 'RTR-07', 'RACE-15'],
  judge: (scenario) => {
    const part = scenario.phase('unreachable');
    const call = part.verbs.find(({ begin }) => begin.name === 'call');
    if (call?.end === undefined || call.end.result === 'ok' || call.end.result === 'unsupported') return undefined;
    if (!needed(part)) return undefined;
    const after = scenario.since('unreachable');
    const crash = died(after);
    if (crash.length > 0) return fail('The token endpoint could not be reached, and the client died.', crash);
    const stuck = hung(after);
    if (stuck.length > 0) return fail('The token endpoint could not be reached, and the client never answered.', stuck);
    const again = [...asksAgain(after), ...after.authorizations.map(({ seq }) => seq)];
    if (again.length > 0) {
      return fail('The token endpoint could not be reached, and the client asked for a new login.', [
        ...again,
        call.end.seq,
      ]);
    }
    const over = scenario.phase('unreachable-over');
    const next = over.verbs.find(({ begin }) => begin.name === 'call');
    if (next?.end === undefined) return undefined;
    const [refresh] = after.refreshes;
    if (refresh === undefined) {
      return fail('Once the token endpoint could be reached again the client did not refresh.', [
        next.end.seq,
        call.end.seq,
      ]);
    }
    return next.end.result === 'ok' && refresh.facts.refreshToken?.head === true
      ? pass(`Once the token endpoint could be reached again the client presented ${presented(refresh)} and went on.`, [
          refresh.seq,
          next.end.seq,
        ])
      : fail(`Once the token endpoint could be reached again the client presented ${presented(refresh)}, and failed.`, [
          refresh.seq,
          next.end.seq,
        ]);
  },
};
export default check;

/** The failed call needed the token endpoint: the API told it that the session was dead, or it came to no API request at all, because the
 * client refreshes (or asks whether its token lives) before each call. */
const needed = (part: ScenarioHistory): boolean => deadSessions(part).length > 0 || part.resources.length === 0;
