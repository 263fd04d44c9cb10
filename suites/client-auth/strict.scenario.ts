import type { Scenario } from '../../src/run/scenario.ts';

/** Checks the set-up: one login and one refresh against a mock that enforces the partner rule on the wire. */
export default {
  id: 'strict',
  title: 'One login and one refresh against a server that enforces the partner rule',
  rank: 0,
  run: async (stage) => {
    await stage.login();
    await stage.calls(1);
    stage.phase('refresh');
    await stage.refreshByCall();
    await stage.quiet();
  },
} satisfies Scenario;
