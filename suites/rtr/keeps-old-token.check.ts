import { defineCheck, fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { asksAgain, sentToken, succeeded } from './refreshes.ts';
import { stateOfNewest } from './token-state.ts';
import { sharedAnswer } from './shared-answer.ts';

export default defineCheck({
  id: 'RTR-09',
  suite: 'rtr',
  level: 'SHOULD',
  title: 'A response without a refresh token leaves the stored one in place',
  failure: 'A response without a refresh token removes the stored one',
  why: 'RFC 6749 makes the new refresh token optional; Salesforce leaves it out while rotation is off.',
  remedy:
    'Store the `refresh_token` of the response only if it has one: `refreshToken: answer.refresh_token ?? tokens.refreshToken`.',
  references: ['RFC 6749 §6'],
  scenarios: ['no-new-token'],
  untested: 'Let the client refresh twice, and answer the first time without a refresh token.',
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
          'After a response without a refresh token the client sent the access token of that response again instead of refreshing: it shares a response between calls for longer than the access token is valid in this run. Let it share responses for less time in this test to see whether the stored token is kept.',
          [first.seq, ...shared],
        );
      }
      const again = asksAgain(part).concat(
        part.actions.flatMap(({ end }) => (end?.result === 'failed' && end.t > first.endedAt ? [end.seq] : [])),
      );
      return again.length === 0
        ? undefined
        : fail(
            `After a response without a refresh token the client did not refresh again; ${stateOfNewest(scenario, Math.min(...again))}.`,
            [first.seq, ...again],
          );
    }
    return next.facts.refreshToken?.label === first.facts.refreshToken?.label
      ? pass(`After a response without a refresh token the client sent ${sentToken(next)}, again.`, [
          first.seq,
          next.seq,
        ])
      : fail(
          `After a response without a refresh token the client sent ${sentToken(next)}; the stored one was expected.`,
          [next.seq, first.seq],
        );
  },
});
