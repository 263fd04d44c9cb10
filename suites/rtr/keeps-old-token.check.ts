import type { Check } from '../../src/grade/check.ts';
import { fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { asksAgain, presented, succeeded } from './refreshes.ts';
import { stateOfNewest } from './token-state.ts';
import { sharedAnswer } from './shared-answer.ts';

const check: Check = {
  id: 'RTR-09',
  suite: 'rtr',
  level: 'SHOULD',
  title: 'An answer without a refresh token leaves the stored one in place',
  failure: 'An answer without a refresh token wipes the stored one',
  why: 'RFC 6749 makes the new refresh token optional; Salesforce leaves it out while rotation is off.',
  remedy:
    'Store `refresh_token` of the answer only when it is there: `refreshToken: answer.refresh_token ?? tokens.refreshToken`.',
  references: ['RFC 6749 §6'],
  scenarios: ['no-new-token'],
  untested: 'Let the client refresh twice, the first time answered without a refresh token.',
  shows: ['token-kept-without-new'],
  relies: ['chain-kept', 'refresh-survived'],
  judge: (scenario) => {
    const part = scenario.since('unrotated');
    const first = part.refreshes.find((one) => succeeded(one) && one.response?.issued?.refreshToken === undefined);
    if (first === undefined) return undefined;
    const next = part.refreshes.find(({ seq }) => seq > first.seq);
    if (next === undefined) {
      const shared = sharedAnswer(part, first);
      if (shared.length > 0) {
        return inconclusive(
          "After an answer without a refresh token the client sent that answer's access token again instead of refreshing: it shares an answer for longer than the harness lets the token live. Let it share answers for less time in this test, and it will show whether the stored token is kept.",
          [first.seq, ...shared],
        );
      }
      const again = asksAgain(part).concat(
        part.verbs.flatMap(({ end }) => (end?.result === 'failed' && end.t > first.endedAt ? [end.seq] : [])),
      );
      return again.length === 0
        ? undefined
        : fail(
            `After an answer without a refresh token the client refreshed no more; ${stateOfNewest(scenario, Math.min(...again))}.`,
            [first.seq, ...again],
          );
    }
    return next.facts.refreshToken?.label === first.facts.refreshToken?.label
      ? pass(`After an answer without a refresh token the client presented ${presented(next)} again.`, [
          first.seq,
          next.seq,
        ])
      : fail(
          `After an answer without a refresh token the client presented ${presented(next)}; the stored one was expected.`,
          [next.seq, first.seq],
        );
  },
};
export default check;
