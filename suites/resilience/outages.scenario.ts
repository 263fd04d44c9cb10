import type { Scenario } from '../../src/run/scenario.ts';
import { beginTrials } from '../error-handling/trials.ts';

/** Makes temporary faults: no refresh is carried out, and the refresh token stays valid. */
export default {
  id: 'outages',
  title: 'A 503, a 429 with Retry-After, a reset connection, and an unreachable token endpoint',
  rank: 29,
  heldMs: ({ holdMs }) => holdMs + 1_000,
  run: async (stage) => {
    const trials = await beginTrials(stage);
    await trials.run({ phase: 'unavailable', fault: 'service-unavailable', times: 1 });
    await trials.run({ phase: 'throttled', fault: 'throttled', times: 1, with: { seconds: 1 }, pauseMs: 1_000 });
    await trials.run({ phase: 'reset', fault: 'reset-before-commit', times: 1 });
    await trials.meet('unreachable', () => {
      stage.control.refuseConnections(true);
      return () => {
        stage.control.refuseConnections(false);
      };
    });
    await stage.quiet();
  },
} satisfies Scenario;
