import { defineCheck, fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { shortestFirst, type Schedule } from '../../src/schedules/schedule.ts';
import { exploredSchedules, scheduleTotal } from '../../src/grade/schedules.ts';
import { reuseInTurn } from './contention.ts';

export default defineCheck({
  id: 'RACE-08',
  suite: 'races',
  level: 'MUST',
  title: 'The newest refresh token is kept in every order of commits and responses',
  failure: 'In some order of commits and responses the newest refresh token is lost',
  why: 'Which refresh wins, and which response arrives first, is chance. A client that stores whatever arrived last works most of the time and ends with an invalid token now and then.',
  remedy:
    'Share one refresh among all callers, so that there is one response to store. Never let the response to a refused refresh change the store.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['commit-order'],
  untested:
    'Let several concurrent calls of the client get a 401 (expired session), in every order of commits and responses.',
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
    const explored = exploredSchedules(scenario);
    const [first] = explored;
    if (first === undefined) return undefined;
    const raced = explored.flatMap((one) => (one.schedule === undefined ? [] : [{ ...one, schedule: one.schedule }]));
    const [bad] = raced
      .filter(({ violated }) => violated)
      .sort((one, other) => shortestFirst(one.schedule, other.schedule));
    const lost = explored.find(({ violated }) => violated);
    if (bad === undefined && lost !== undefined) {
      const [at = 0] = lost.evidence;
      const login = scenario.codeExchanges.findLast(({ seq }) => seq < at);
      const before = scenario.refreshes.filter(({ seq }) => seq > (login?.seq ?? 0) && seq < at);
      const reused = lost.sent !== undefined || reuseInTurn(before) !== undefined;
      return inconclusive(
        reused
          ? 'No two refreshes overlapped, and a used refresh token was sent nevertheless.'
          : before.length > 0
            ? 'No two refreshes overlapped, and after its refresh the client had no refresh token to send.'
            : 'No race was possible: no refresh followed the 401.',
        lost.evidence,
      );
    }
    if (bad !== undefined) {
      const count = raced.filter(({ violated }) => violated).length;
      return fail(
        `In ${String(count)} of ${String(raced.length)} schedules the client ended with ${bad.sent ?? 'no refresh token'} instead of the newest one; in the shortest, ${inWords(bad.schedule)}.`,
        bad.evidence,
      );
    }
    return raced.length === 0
      ? pass(
          'No two refreshes overlapped: with all calls held at the same point, each refresh token was sent once.',
          first.evidence,
        )
      : pass(
          `In ${String(raced.length)} of ${String(scheduleTotal(scenario))} schedules the client kept the newest refresh token.`,
          raced.flatMap(({ evidence }) => evidence.slice(0, 1)),
        );
  },
});

/** Describes a schedule: `2 requests are committed in the order 1, 2 and answered in the order 2, 1`. */
function inWords({ contenders, commit, answer }: Schedule): string {
  const order = (places: readonly number[]): string => places.map((place) => String(place + 1)).join(', ');
  return `${String(contenders)} requests are committed in the order ${order(commit)} and answered in the order ${order(answer)}`;
}
