/** Judges several processes or tabs that share one store and whose session expires for all of them at once. */
import type { Finding } from '../../src/grade/check.ts';
import { fail, inconclusive, pass } from '../../src/grade/finding.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { tallyCalls } from '../../src/history/calls.ts';
import { callsLeft, endsOf } from '../calls.ts';
import { byRefreshToken } from './contention.ts';

/** Judges the phase `herd` and what follows it: exactly one refresh, and every call succeeds. `who` names the sharers: "tabs that share
 * one storage". */
export function judgeSharing(scenario: ScenarioHistory, who: string): Finding | undefined {
  const part = scenario.since('herd');
  const { refreshes } = part;
  const twice = byRefreshToken(refreshes).find((group) => group.length > 1);
  if (twice !== undefined) {
    return fail(
      `${twice[0]?.facts.refreshToken?.label ?? 'A refresh token'} was sent ${String(twice.length)} times by ${who}; once was expected.`,
      twice.map(({ seq }) => seq),
    );
  }
  const phases = part.of('phase').map(({ seq }) => seq);
  const tallies = phases.map((from, index) => tallyCalls(scenario, part.between(from, phases[index + 1] ?? Infinity)));
  const wrong = tallies.flatMap((tally) => callsLeft(tally) ?? [])[0];
  if (refreshes.length === 0 && tallies.every(({ refused, failed }) => refused.length + failed.length === 0)) {
    return undefined;
  }
  if (wrong !== undefined) {
    return fail(`Calls of ${who} did not all succeed: ${wrong.message}`, wrong.evidence, {
      assumes: refreshes.length === 0 ? ['refresh-after-401'] : undefined,
    });
  }
  return tallies.some(({ seen }) => seen)
    ? pass(
        'Each refresh token was sent once, and every call succeeded.',
        refreshes.map(({ seq }) => seq),
      )
    : inconclusive(
        `Calls of ${who} were reported as successful, but none sent an API request.`,
        tallies.flatMap(({ calls }) => endsOf(calls)),
      );
}
