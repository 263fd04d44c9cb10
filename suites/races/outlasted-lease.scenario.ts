import type { Scenario } from '../../src/run/scenario.ts';
import { holdRefresh } from '../resilience/hold-refresh.ts';

/** How much longer than the lease the answer is held: enough for the next caller to send its request, also on a busy machine. */
const LONGER_MS = 1_500;

/** Holds the answer to a refresh for longer than the lease on the right to refresh, while further calls wait for it. */
export default {
  id: 'outlasted-lease',
  title: 'The answer to a refresh takes longer than the lease on the right to refresh (`app.leaseMs`)',
  rank: 45,
  skip: ({ app }) =>
    app.leaseMs === undefined
      ? 'The configuration declares no `app.leaseMs`: how long a lease lasts is not known.'
      : undefined,
  heldMs: ({ leaseMs = 0 }) => leaseMs + LONGER_MS,
  run: async (stage) => {
    await holdRefresh(stage, (stage.app.leaseMs ?? 0) + LONGER_MS);
  },
} satisfies Scenario;
