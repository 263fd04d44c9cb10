/** Selects the scenarios that work with a real org: they need only the traffic between client and org. */
import type { Scenario } from '../run/scenario.ts';

/** They expire sessions, hold requests and answers, lose answers and refuse connections, and need nothing of the server. */
const WITH_UPSTREAM: ReadonlySet<string> = new Set([
  ...['logins', 'refresh-chain', 'refresh-paths', 'crash-after-refresh', 'stale-writer'],
  ...['herd-2', 'herd-5', 'herd', 'late-401', 'failed-refresh', 'held-refresh', 'two-users', 'two-processes'],
  ...['many-processes', 'tabs', 'login-race', 'logout-race', 'lost-answers', 'outages'],
]);

/** Returns whether a scenario can be run with a real org. */
export const runsWithUpstream = ({ id }: Pick<Scenario, 'id'>): boolean => WITH_UPSTREAM.has(id);
