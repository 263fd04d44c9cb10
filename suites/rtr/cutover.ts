/** Judges how a client handles settings that are switched on while its grant exists. */
import type { Finding } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { howMany } from '../counted.ts';
import { grantKept } from '../session/grant-kept.ts';
import { isRefresh, sentToken, succeeded } from './refreshes.ts';

/** Logins, and refreshes of one call, allowed after a refused login. */
const MOST = 3;

/** Judges PKCE that was switched on: a new login is refused, and the existing grant keeps working. */
export function pkceSwitchedOn(scenario: ScenarioHistory): Finding | undefined {
  const logins = scenario.phase('pkce-on').authorizations;
  const refreshes = scenario.phase('after-pkce-on').refreshes;
  for (const [requests, what] of [
    [logins, 'authorization request'],
    [refreshes, 'refresh request'],
  ] as const) {
    if (requests.length <= MOST) continue;
    return fail(
      `PKCE was switched on, a login was refused, and the client sent ${howMany(requests.length, what)}; at most ${String(MOST)} were expected.`,
      requests.map(({ seq }) => seq),
    );
  }
  return grantKept(scenario, 'pkce-on', 'PKCE was switched on and a new login was refused');
}

/** Judges rotation that was switched on: the old token works once more, and the new one is used from then on. */
export function rotationSwitchedOn(scenario: ScenarioHistory): Finding | undefined {
  const refreshes = scenario.phase('rotation-on').refreshes.filter(isRefresh);
  const first = refreshes.find((one) => succeeded(one) && one.response?.issued?.refreshToken !== undefined);
  if (first === undefined) return undefined;
  const next = refreshes.find(({ begunAt }) => begunAt >= first.endedAt);
  if (next === undefined) return undefined;
  const issued = first.response?.issued?.refreshToken?.label ?? '';
  const evidence = [next.seq, first.seq];
  return next.facts.refreshToken?.label === issued
    ? pass(`Rotation was switched on; the first refresh returned ${issued}, and the next one sent it.`, evidence)
    : fail(
        `Rotation was switched on; the first refresh returned ${issued}, and the next one sent ${sentToken(next)}.`,
        evidence,
      );
}
