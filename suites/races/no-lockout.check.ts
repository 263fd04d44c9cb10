import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import { presented, succeeded } from '../rtr/refreshes.ts';
import { reuseInTurn } from './contention.ts';
import { ACROSS_PROCESSES, originsOf, severalOrigins } from './processes.ts';

const check: Check = {
  id: 'RACE-03',
  suite: 'races',
  level: 'MUST',
  title: 'After the herd the next refresh works',
  failure: 'After the herd the client is locked out',
  why: 'A race that ends with a revoked family shows only later: the next refresh is refused and every user has to connect again.',
  remedy: 'Share one refresh among all callers, and let a caller that lost use the token that the winner stored.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['herd-2', 'herd-5', 'herd'],
  untested: 'Let the client refresh once more after several calls found their session dead together.',
  blockers: ['RTR-01', 'RTR-02', 'RTR-03', 'RACE-13', 'RTR-07'],
  judge: (scenario) => {
    if (!scenario.reached('later') || scenario.phase('herd').refreshes.length === 0) return undefined;
    const later = scenario.phase('later');
    const calls = later.verbs.filter(({ begin }) => begin.name === 'call');
    if (calls.length === 0) return undefined;
    const good = later.refreshes.find((refresh) => succeeded(refresh) && refresh.facts.refreshToken?.head === true);
    const ok = calls.every(({ end }) => end?.result === 'ok');
    if (good !== undefined && ok) {
      return pass(`The next refresh presented ${presented(good)} and the call succeeded.`, [good.seq]);
    }
    // Another process, or a refresh of its own accord, may have renewed the session before the call.
    if (ok && later.refreshes.length === 0) return undefined;
    const [first] = later.refreshes;
    const herded = scenario.phase('herd').refreshes;
    const diagnosis = reuseInTurn(herded);
    return fail(
      first === undefined
        ? 'After the herd the client no longer refreshed, and the next call failed.'
        : `After the herd the client presented ${presented(first)}, which was ${first.response?.status === 200 ? 'accepted' : 'refused'}, and the next call ${ok ? 'succeeded' : 'failed'}.`,
      [...(first === undefined ? [] : [first.seq]), ...calls.map(({ end, seq }) => end?.seq ?? seq)],
      {
        ...(diagnosis === undefined ? {} : { diagnosis }),
        ...(severalOrigins(originsOf(scenario), herded) ? { remedy: ACROSS_PROCESSES } : {}),
      },
    );
  },
};
export default check;
