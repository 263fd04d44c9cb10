/** Determines the requirement set that a history is graded by, and the scenarios that it can contain. */
import type { RunBegin } from './events/run.ts';

/** The default requirement set; histories that name none are graded by it (docs/contract.md, section 7). */
export const DEFAULT_RULES = 'sf-partner-2026-05';

/** Returns the id of the requirement set that a history names. */
export function rulesOf({ run }: Pick<RunBegin, 'run'>): string {
  return run.rules ?? DEFAULT_RULES;
}

/** The scenarios that existed before histories listed them. Never changed. */
const FIRST_SCENARIOS: readonly string[] = [
  ...['approvals', 'bad-certificate', 'busy', 'callbacks', 'commit-order', 'crash-after-refresh', 'error-answers'],
  ...['errors', 'failed-refresh', 'grant-revoked', 'held-refresh', 'herd', 'herd-2', 'herd-5', 'late-401', 'login'],
  ...['login-race', 'logins', 'logout', 'logout-race', 'lost-answers', 'many-processes', 'moved-instance'],
  ...['no-new-token', 'odd-tokens', 'outages', 'parallel-logins', 'redirected', 'refresh-chain', 'refresh-paths'],
  ...['refused-codes', 'rejected', 'resource-errors', 'reuse', 'settings', 'soak', 'stale-writer', 'strict', 'tabs'],
  ...['two-processes', 'two-users'],
];

/** Returns the `scenarios` that did not exist in the version that recorded a history. */
export function notRecorded(
  { knownScenarios = FIRST_SCENARIOS }: Pick<RunBegin, 'knownScenarios'>,
  scenarios: readonly string[],
): readonly string[] {
  return scenarios.filter((id) => !knownScenarios.includes(id));
}
