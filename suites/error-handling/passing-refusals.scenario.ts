import type { Scenario } from '../../src/run/scenario.ts';
import { beginTrials } from './trials.ts';

/** Refuses a refresh with `invalid_grant` for temporary reasons: first the IP address, then the login hours. The token stays valid. */
export default {
  id: 'passing-refusals',
  title: 'A refresh is answered invalid_grant because of the address, then because of the hour; the token stays valid',
  rank: 30,
  run: async (stage) => {
    const trials = await beginTrials(stage);
    await trials.run({ phase: 'ip-restricted', fault: 'ip-restricted' });
    await trials.run({ phase: 'login-hours', fault: 'login-hours' });
  },
} satisfies Scenario;
