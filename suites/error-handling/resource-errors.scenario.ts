import type { Scenario } from '../../src/run/scenario.ts';
import { beginTrials } from './trials.ts';

/** Refuses calls that carry a valid access token. */
export default {
  id: 'resource-errors',
  title: 'The API answers 403, 404 and then 401 although the access token is valid',
  rank: 28,
  heldMs: ({ holdMs }) => holdMs,
  run: async (stage) => {
    const trials = await beginTrials(stage);
    for (const fault of ['forbidden', 'not-found', 'unauthorized']) {
      await trials.run({ phase: fault, fault, on: 'resource', settle: true });
    }
    await stage.quiet();
  },
} satisfies Scenario;
