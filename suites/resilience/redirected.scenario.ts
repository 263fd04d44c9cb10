import type { Scenario } from '../../src/run/scenario.ts';
import { beginTrials } from '../error-handling/trials.ts';

/** Redirects the token endpoint to another origin: for refreshes, then for a code exchange. */
export default {
  id: 'redirected',
  title: 'The token endpoint redirects to another origin',
  rank: 32,
  heldMs: ({ holdMs }) => holdMs,
  run: async (stage) => {
    const trials = await beginTrials(stage);
    for (const status of [307, 302]) {
      await trials.run({ phase: `redirect-${String(status)}`, fault: 'redirect-elsewhere', with: { status } });
    }
    stage.phase('redirect-code');
    const armed = stage.control.inject({ fault: 'redirect-elsewhere', on: 'code', times: Infinity });
    await stage.attempt();
    armed.disarm();
  },
} satisfies Scenario;
