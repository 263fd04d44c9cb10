import type { Finding } from '../../src/grade/check.ts';
import { defineCheck, fail, inconclusive, pass } from '../../src/grade/finding.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { wentWrong } from '../../src/history/calls.ts';
import { endsOf } from '../calls.ts';
import { howMany } from '../counted.ts';
import { refusedRequests, sentToken, succeeded, type Refresh, sentNewest } from './refreshes.ts';
import { tokenState } from './token-state.ts';

/** Rotations that the scenario causes. */
const LENGTH = 10;

export default defineCheck({
  id: 'RTR-03',
  suite: 'rtr',
  level: 'MUST',
  title: `In ${String(LENGTH)} refreshes in a row each sends the newest refresh token`,
  failure: 'The chain of refresh tokens breaks',
  why: 'A client that loses the chain once is locked out of the org until its user connects again.',
  remedy: 'Store the new refresh token on every path that refreshes, before the new access token is used.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['refresh-chain'],
  untested: `Let the client refresh ${String(LENGTH)} times in a row.`,
  shows: ['chain-kept', 'refresh-survived'],
  relies: ['refresh-after-401', 'new-token-kept'],
  judge: (scenario) => {
    const { refreshes, actions } = scenario.before('restart');
    if (refreshes.length === 0) return undefined;
    const broken = refreshes.findIndex((refresh) => !sentNewest(refresh));
    const bad = refreshes[broken];
    if (bad !== undefined) {
      return fail(`Refresh ${String(broken + 1)} sent ${sentToken(bad)}; the newest token was expected.`, [bad.seq], {
        breaks: ['chain-kept'],
        ...notStored(scenario, refreshes.slice(0, broken), bad),
      });
    }
    const rotated = refreshes.filter(succeeded).length;
    const rotations = howMany(rotated, 'rotation');
    const died = actions.find(({ begin, end }) => begin.name === 'call' && end?.result === 'died')?.end;
    if (died !== undefined) {
      return fail(`After ${rotations} the client crashed.`, [died.seq, ...refreshes.slice(-1).map(({ seq }) => seq)]);
    }
    const kept = sentAgain(scenario.before('restart'));
    if (refreshes.length < 2 && kept.length === 0) return undefined;
    if (rotated >= LENGTH) {
      return pass(
        `Each of ${howMany(rotated, 'refresh', 'refreshes')} in a row sent the newest token.`,
        refreshes.map(({ seq }) => seq),
      );
    }
    const wrong = actions.filter((call) => call.begin.name === 'call' && wentWrong(scenario, call));
    return wrong.length > 0
      ? fail(
          `After ${rotations} the client stopped refreshing: ${howMany(wrong.length, 'call')} failed.`,
          endsOf(wrong),
          {
            diagnosis:
              kept.length === 0
                ? undefined
                : 'The access token of the last refresh was sent again after a 401: a promise or flag of that refresh is never cleared, or a pause between refreshes is longer than the access token was valid.',
            broken: wrong.some(({ end }) => end?.result === 'timed-out')
              ? ['calls-answered']
              : ['new-access-token-used'],
            breaks: ['chain-kept'],
          },
        )
      : inconclusive(
          `Only ${String(rotated)} of ${String(LENGTH)} refreshes happened; each of them sent the newest token.`,
          refreshes.map(({ seq }) => seq),
        );
  },
});

/** Explains why the client sent a used token although it had kept earlier ones: storing works, and one write failed. */
function notStored(scenario: ScenarioHistory, before: readonly Refresh[], bad: Refresh): Partial<Finding> {
  const successor = before.findLast(succeeded)?.response?.issued?.refreshToken?.label;
  const used = tokenState(scenario, bad.facts.refreshToken, bad.seq) === 'used';
  if (!used || successor === undefined || before.filter(succeeded).length < 2) return {};
  return {
    diagnosis: `Refresh ${String(before.length)} returned ${successor}, which was not stored, although earlier tokens were.`,
    remedy:
      'Check the result of every write to the token store. A write that fails (read-only or full file system, lock, transaction that is rolled back) must fail the refresh and be repeated, before the new access token is used: a logged warning is not enough.',
  };
}

/** Returns refused requests of failed calls that carry the access token of the last refresh, with no refresh after them. */
function sentAgain(part: ScenarioHistory): readonly number[] {
  const last = part.refreshes.filter(succeeded).at(-1);
  const label = last?.response?.issued?.accessToken?.label;
  if (last === undefined || label === undefined || last !== part.refreshes.at(-1)) return [];
  const refused = refusedRequests(part).filter(
    ({ begunAt, facts }) => begunAt >= last.endedAt && facts.accessToken?.label === label,
  );
  const calls = part.actions.filter(
    (call) => call.begin.name === 'call' && call.begin.t >= last.endedAt && wentWrong(part, call),
  );
  const within = calls.filter(({ begin, end }) =>
    refused.some(({ begunAt }) => begunAt >= begin.t && begunAt <= (end?.t ?? Infinity)),
  );
  return within.length < 2 ? [] : refused.map(({ seq }) => seq);
}
