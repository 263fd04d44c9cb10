import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import { herd, overlapping, presentations } from './contention.ts';
import { ACROSS_PROCESSES, originsOf, severalOrigins } from './processes.ts';

const check: Check = {
  id: 'RACE-01',
  suite: 'races',
  level: 'MUST',
  title: 'Calls that find their session dead together lead to one refresh',
  failure: 'One refresh token is presented by several requests at once',
  why: 'With rotation only one of them can win. The others are refused, and one that arrives a moment later is taken for theft: the whole token family is revoked.',
  remedy:
    'Share one refresh among all callers: `refreshing ??= refresh().finally(() => { refreshing = undefined; })`, and let every caller await it.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['herd-2', 'herd-5', 'herd'],
  untested: 'Let the client make several API calls at once after its access token has expired.',
  blockers: ['RTR-01'],
  judge: (scenario) => {
    const part = scenario.phase('herd');
    if (part.refreshes.length === 0) return undefined;
    for (const group of presentations(part.refreshes)) {
      const pair = overlapping(group);
      if (pair !== undefined) {
        const label = group[0]?.facts.refreshToken?.label ?? 'a refresh token';
        return fail(
          `${label} was presented by ${String(group.length)} requests at once; exactly one was expected.`,
          group.map(({ seq }) => seq),
          severalOrigins(originsOf(scenario), group)
            ? {
                diagnosis:
                  'Each process of the client refreshes by itself, with the token that it read from the store.',
                remedy: ACROSS_PROCESSES,
              }
            : {
                diagnosis:
                  'There is no single-flight that all callers share: each refreshes by itself, or each worker, connection or object has one of its own.',
              },
        );
      }
    }
    const { calls, denied } = herd(scenario);
    const evidence = part.refreshes.map(({ seq }) => seq);
    const refreshed =
      evidence.length === 1
        ? 'one refresh followed'
        : `of ${String(evidence.length)} refreshes no two had one token at once`;
    return denied > 1
      ? pass(`${String(denied)} calls found their session dead at once, and ${refreshed}.`, evidence)
      : pass(
          `No race arose: of ${String(calls.length)} calls at once no two found their session dead, and ${refreshed}.`,
          evidence,
        );
  },
};
export default check;
