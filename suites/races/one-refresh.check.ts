import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import { tallyCalls } from '../../src/history/calls.ts';
import { mostAtOnce, presentations } from './contention.ts';
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
  shows: ['one-refresh-at-a-time'],
  relies: ['refresh-after-401'],
  judge: (scenario) => {
    const part = scenario.phase('herd');
    if (part.refreshes.length === 0) return undefined;
    for (const group of presentations(part.refreshes)) {
      const open = mostAtOnce(group);
      const [first] = open;
      if (first === undefined || open.length < 2) continue;
      return fail(
        `${first.facts.refreshToken?.label ?? 'A refresh token'} was sent by ${String(open.length)} requests at once; exactly one was expected.`,
        open.map(({ seq }) => seq),
        severalOrigins(originsOf(scenario), group)
          ? {
              diagnosis: 'Each process of the client refreshes by itself, with the token that it read from the store.',
              remedy: ACROSS_PROCESSES,
            }
          : {
              diagnosis:
                'There is no single-flight that all callers share: each refreshes by itself, or each worker, connection or object has one of its own.',
            },
      );
    }
    const { calls, refused } = tallyCalls(scenario, part);
    const { length } = part.refreshes;
    const evidence = [...part.refreshes, ...refused].map(({ seq }) => seq);
    const refreshed =
      length === 1 ? 'one refresh followed' : `of ${String(length)} refreshes no two had one token at once`;
    return refused.length > 1
      ? pass(`${String(refused.length)} requests of concurrent calls were refused, and ${refreshed}.`, evidence)
      : pass(
          `No race arose: of ${String(calls.length)} concurrent calls no two were refused, and ${refreshed}.`,
          evidence,
        );
  },
};
export default check;
