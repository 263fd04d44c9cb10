import type { Scenario } from '../../src/run/scenario.ts';
import { beginTrials } from '../error-handling/trials.ts';

/** Calls after the lost answer: enough to distinguish one more attempt from a loop. */
const AFTER = 4;

/** Carries out a refresh whose answer never reaches the client. */
export default {
  id: 'lost-answers',
  title: 'The response to a completed refresh is lost: connection reset, truncated body, 500',
  rank: 30,
  run: async (stage) => {
    const trials = await beginTrials(stage);
    for (const fault of ['reset-after-commit', 'truncated-body', 'server-error-after-commit']) {
      await trials.run({ phase: fault, fault, times: 1, after: AFTER, settle: true });
    }
    await stage.quiet();
  },
} satisfies Scenario;
