import type { Check } from '../../src/grade/check.ts';
import { fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { shortestFirst } from '../../src/schedules/schedule.ts';
import { playedSchedules, scheduleTotal } from '../../src/grade/schedules.ts';
import { reuseInTurn } from './contention.ts';

const check: Check = {
  id: 'RACE-08',
  suite: 'races',
  level: 'MUST',
  title: 'Whatever the order of commits and answers, the newest refresh token is kept',
  failure: 'In some order of commits and answers the newest refresh token is lost',
  why: 'Which refresh wins and whose answer comes first is chance. A client that stores what came last keeps a dead token on a bad day only.',
  remedy:
    'Share one refresh among all callers, so that there is one answer to store; never let the answer of a loser touch the store.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['commit-order'],
  untested: 'Let several calls of the client find their session dead at once, in every order of commits and answers.',
  relies: [
    'chain-kept',
    'refresh-survived',
    'winner-left-alone',
    'successor-used',
    'next-refresh-works',
    'concurrent-calls-finish',
    'login-recovers',
  ],
  judge: (scenario) => {
    const played = playedSchedules(scenario);
    const [first] = played;
    if (first === undefined) return undefined;
    const raced = played.flatMap((one) => (one.schedule === undefined ? [] : [{ ...one, schedule: one.schedule }]));
    const [bad] = raced
      .filter(({ violated }) => violated)
      .sort((one, other) => shortestFirst(one.schedule, other.schedule));
    const lost = played.find(({ violated }) => violated);
    if (bad === undefined && lost !== undefined) {
      const [at = 0] = lost.evidence;
      const login = scenario.codeExchanges.findLast(({ seq }) => seq < at);
      const before = scenario.refreshes.filter(({ seq }) => seq > (login?.seq ?? 0) && seq < at);
      const reused = lost.presented !== undefined || reuseInTurn(before) !== undefined;
      return inconclusive(
        reused
          ? 'No race arose, and a used token was sent all the same.'
          : before.length > 0
            ? 'No race arose, and after its refresh the client had no token to send.'
            : 'No race could arise: no refresh followed when the session was refused.',
        lost.evidence,
      );
    }
    if (bad !== undefined) {
      const count = raced.filter(({ violated }) => violated).length;
      return fail(
        `In ${String(count)} of ${String(raced.length)} schedules the client ended with ${bad.presented ?? 'no refresh token'} instead of the newest one; the shortest is ${bad.detail}.`,
        bad.evidence,
      );
    }
    return raced.length === 0
      ? pass('No race arose: under full contention each refresh token was presented once.', first.evidence)
      : pass(
          `In ${String(raced.length)} of ${String(scheduleTotal(scenario))} schedules the client kept the newest refresh token.`,
          raced.flatMap(({ evidence }) => evidence.slice(0, 1)),
        );
  },
};
export default check;
