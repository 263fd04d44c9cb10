import type { Finding } from '../../src/grade/check.ts';
import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { callOutcome, tallyCalls, type CallTally } from '../../src/history/calls.ts';
import { endsOf } from '../calls.ts';
import { sentToken, succeeded } from '../rtr/refreshes.ts';
import { reuseInTurn } from './contention.ts';
import { ACROSS_PROCESSES, originsOf, severalOrigins } from './processes.ts';

export default defineCheck({
  id: 'RACE-03',
  suite: 'races',
  level: 'MUST',
  title: 'The next refresh after concurrent calls works',
  failure: 'After concurrent calls the client is locked out',
  why: 'A race that ends with a revoked token family shows only later: the next refresh is refused, and the user has to connect again.',
  remedy: 'Share one refresh among all callers. After a refused refresh, use the token that the successful one stored.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['herd-2', 'herd-5', 'herd'],
  untested: 'Let the client refresh once more after several concurrent calls got a 401 (expired session).',
  shows: ['next-refresh-works'],
  relies: ['chain-kept', 'refresh-survived', 'winner-left-alone', 'new-access-token-used'],
  judge: (scenario) => {
    const concurrent = scenario.phase('herd');
    const tally = tallyCalls(scenario, concurrent);
    if (concurrent.refreshes.length === 0 && tally.refused.length === 0 && tally.failed.length === 0) return undefined;
    const later = scenario.phase('later');
    const calls = later.actions.filter(({ begin }) => begin.name === 'call');
    if (calls.length === 0) return neverAsked(tally);
    const outcomes = calls.map((call) => callOutcome(scenario, call));
    const good = later.refreshes.find((refresh) => succeeded(refresh) && refresh.facts.refreshToken?.head === true);
    if (good !== undefined && outcomes.every((outcome) => outcome === 'succeeded')) {
      return pass(`The next refresh sent ${sentToken(good)} and the call succeeded.`, [good.seq]);
    }
    const wrong = outcomes.some((outcome) => outcome !== 'succeeded' && outcome !== 'unseen');
    const [first] = later.refreshes;
    // Another process or a background refresh may have renewed the session before the call.
    if (!wrong && first === undefined) return undefined;
    const ended = wrong
      ? outcomes.includes('unbacked')
        ? 'was reported as successful, but the API refused it'
        : 'failed'
      : 'succeeded';
    return fail(
      first === undefined
        ? `After the concurrent calls the client no longer refreshed, and the next call ${ended}.`
        : `After the concurrent calls the client sent ${sentToken(first)}, which was ${first.response?.status === 200 ? 'accepted' : 'refused'}, and the next call ${ended}.`,
      [...(first === undefined ? [] : [first.seq]), ...endsOf(calls)],
      {
        diagnosis: reuseInTurn(concurrent.refreshes),
        remedy: severalOrigins(originsOf(scenario), concurrent.refreshes) ? ACROSS_PROCESSES : undefined,
        broken: outcomes.includes('hung') ? ['calls-answered'] : undefined,
        assumes: concurrent.refreshes.length === 0 && first === undefined ? ['refresh-after-401'] : undefined,
      },
    );
  },
});

/** The scenario ended with the concurrent calls. Where they hung, a further call would hang too; another check judges the hang. */
function neverAsked({ hung, calls }: CallTally): Finding | undefined {
  return hung.length === 0
    ? undefined
    : fail(
        `${String(hung.length)} of ${String(calls.length)} concurrent calls were never answered, so there was no next refresh.`,
        endsOf(hung),
        { broken: ['calls-answered'] },
      );
}
