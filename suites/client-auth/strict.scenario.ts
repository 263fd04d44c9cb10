import type { Scenario } from '../../src/run/scenario.ts';

/** Pre-flight: one login and one refresh where the partner rule is enforced on the wire (design, decision 3). */
const strict: Scenario = {
  id: 'strict',
  title: 'One login and one refresh against a server that enforces the partner rule',
  rank: 0,
  play: async (stage) => {
    await stage.login();
    await stage.calls(1);
    stage.phase('refresh');
    await stage.refreshByCall();
    await stage.quiet();
  },
};
export default strict;
