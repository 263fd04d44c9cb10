import { howMany } from '../counted.ts';
import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { tallyCalls } from '../../src/history/calls.ts';
import { mostAtOnce, byRefreshToken } from './contention.ts';
import { ACROSS_PROCESSES, originsOf, severalOrigins } from './processes.ts';

export default defineCheck({
  id: 'RACE-01',
  suite: 'races',
  level: 'MUST',
  title: 'Concurrent 401s trigger exactly one refresh',
  failure: 'Several requests send one refresh token at the same time',
  why: 'With rotation only one of them succeeds. The others are refused, and one that arrives a moment later is treated as reuse: the whole token family is revoked.',
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
    for (const group of byRefreshToken(part.refreshes)) {
      const open = mostAtOnce(group);
      const [first] = open;
      if (first === undefined || open.length < 2) continue;
      return fail(
        `${first.facts.refreshToken?.label ?? 'A refresh token'} was sent by ${String(open.length)} requests at the same time; exactly one was expected.`,
        open.map(({ seq }) => seq),
        severalOrigins(originsOf(scenario), group)
          ? {
              diagnosis:
                'Each process of the client refreshes independently, with the token that it read from the store.',
              remedy: ACROSS_PROCESSES,
            }
          : {
              diagnosis:
                'The callers do not share one refresh in flight: each call, worker, connection or object refreshes independently.',
            },
      );
    }
    const { calls, refused } = tallyCalls(scenario, part);
    const { length } = part.refreshes;
    const evidence = [...part.refreshes, ...refused].map(({ seq }) => seq);
    const refreshed =
      length === 1
        ? 'one refresh followed'
        : `${String(length)} refreshes followed, no two of them with the same token at the same time`;
    return refused.length > 1
      ? pass(`${String(refused.length)} requests of concurrent calls were answered 401, and ${refreshed}.`, evidence)
      : pass(
          `No race arose: of ${howMany(calls.length, 'concurrent call')} at most one was answered 401, and ${refreshed}.`,
          evidence,
        );
  },
});
