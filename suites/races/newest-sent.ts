/** Judges whether processes that know different tokens send the newest one. */
import type { Finding } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import { wentWrong } from '../../src/history/calls.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { isRefresh, sentToken, succeeded } from '../rtr/refreshes.ts';
import { newestToken, stateOfNewest, tokenState } from '../rtr/token-state.ts';

/** Judges the phase `name`, in which one process refreshes after another. Undefined when fewer than two refreshes succeeded and none was
 * refused.
 * @param what the processes as the beginning of a sentence */
export function newestSent(scenario: ScenarioHistory, name: string, what: string): Finding | undefined {
  const part = scenario.phase(name);
  const refreshes = part.refreshes.filter(isRefresh);
  const used = refreshes.find(({ facts, seq }) => tokenState(scenario, facts.refreshToken, seq) === 'used');
  if (used !== undefined) {
    return fail(`${what}, and ${sentToken(used)} was sent, which had been used; the newest token was expected.`, [
      used.seq,
    ]);
  }
  const [main] = scenario.actions;
  const failed = part.actions.find(
    (one) => one.begin.name === 'call' && one.begin.process === main?.begin.process && wentWrong(scenario, one),
  );
  if (failed?.end !== undefined && newestToken(scenario, failed.seq)?.state === 'valid') {
    return fail(`${what}, and a call of the first process failed, although ${stateOfNewest(scenario, failed.seq)}.`, [
      failed.end.seq,
    ]);
  }
  const good = refreshes.filter(succeeded);
  return good.length < 2
    ? undefined
    : pass(
        `${what}, and each refresh sent the newest token.`,
        good.map(({ seq }) => seq),
      );
}
