import type { Check } from '../../src/grade/check.ts';
import { fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { presented, succeeded } from './refreshes.ts';

const check: Check = {
  id: 'RTR-06',
  suite: 'rtr',
  level: 'SHOULD',
  title: 'Every path that refreshes keeps the new refresh token',
  failure: 'One of the paths that refresh drops the new refresh token',
  why: 'A health check, a timer or a start-up routine that refreshes and throws the answer away kills the connection for all others.',
  remedy: 'Let one function refresh and store; call it from every place that needs a fresh token.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['refresh-paths'],
  untested: 'Let the client refresh on each of its paths: by a call, on demand, by a status query, at start-up.',
  relies: ['chain-kept', 'refresh-survived', 'tokens-durable'],
  judge: (scenario) => {
    const { refreshes } = scenario;
    if (refreshes.filter(succeeded).length < 2) return undefined;
    const bad = refreshes.find(({ facts }) => facts.refreshToken?.head !== true);
    if (bad !== undefined) {
      const phase = scenario.of('phase').findLast(({ seq }) => seq < bad.seq)?.phase ?? 'the login';
      return fail(`In the part "${phase}" a refresh presented ${presented(bad)}; the newest token was expected.`, [
        bad.seq,
      ]);
    }
    const extra = ['on-demand', 'by-status', 'at-start'].filter((path) => scenario.phase(path).refreshes.length > 1);
    const evidence = refreshes.map(({ seq }) => seq);
    return extra.length === 0
      ? inconclusive('The client refreshes on one path only, as far as could be seen.', evidence)
      : pass(`Refreshes ${['by-call', ...extra].join(', ')} each kept the new token.`, evidence);
  },
};
export default check;
