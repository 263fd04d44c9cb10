import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { sentToken, succeeded, type Refresh, sentNewest } from './refreshes.ts';

export default defineCheck({
  id: 'RTR-06',
  suite: 'rtr',
  level: 'MUST',
  title: 'Every code path that refreshes stores the new refresh token',
  failure: 'A code path that refreshes drops the new refresh token',
  why: 'A health check, a timer or a start-up routine that refreshes and discards the response breaks the connection for everything else.',
  remedy: 'Refresh and store in one function; call it from every place that needs a fresh token.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['refresh-paths', 'refresh-chain'],
  untested:
    'Let the client refresh on each code path that it has: by a call, on demand, by a status query, at start-up.',
  relies: ['chain-kept', 'refresh-survived', 'tokens-durable'],
  judge: (scenario) => {
    const { refreshes } = scenario.before('restart');
    if (refreshes.filter(succeeded).length < 2) return undefined;
    const extra = otherPaths(scenario);
    const pathOf = ({ seq }: Refresh): string => extra.get(seq) ?? BY_CALL;
    const bad = refreshes.find((refresh) => !sentNewest(refresh));
    if (bad !== undefined) {
      const before = refreshes.findLast((one) => one.seq < bad.seq && succeeded(one));
      // Other checks judge a chain of refresh tokens that broke within one path.
      if (before === undefined || pathOf(before) === pathOf(bad)) return undefined;
      return fail(
        `After a refresh ${WORDS[pathOf(before)] ?? ''} a refresh ${WORDS[pathOf(bad)] ?? ''} sent ${sentToken(bad)}; the newest token was expected.`,
        [bad.seq, before.seq],
      );
    }
    const evidence = refreshes.map(({ seq }) => seq);
    return extra.size === 0
      ? pass('Each refresh sent the newest token. Only one code path was seen: the refresh by a call.', evidence)
      : pass(`Each code path kept the new refresh token: ${[BY_CALL, ...extra.values()].join(', ')}.`, evidence);
  },
});

const BY_CALL = 'by-call';
const WORDS: Readonly<Record<string, string>> = {
  [BY_CALL]: 'by a call',
  'on-demand': 'on demand',
  'by-status': 'by a status query',
  'at-start': 'at start-up',
};

/** Maps the event numbers of refreshes outside ordinary calls to their path. Each of these phases ends with a call that refreshes;
 * refreshes before it belong to the path. */
function otherPaths(scenario: ScenarioHistory): ReadonlyMap<number, string> {
  const paths = new Map<number, string>();
  for (const path of ['on-demand', 'by-status', 'at-start']) {
    const [first, ...more] = scenario.phase(path).refreshes;
    if (first !== undefined && more.length > 0) paths.set(first.seq, path);
  }
  return paths;
}
