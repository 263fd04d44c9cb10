import type { Scenario } from '../../src/run/scenario.ts';

/** Makes one login and one API call without interference. */
export default {
  id: 'login',
  title: 'One login, then one API call',
  rank: 1,
  run: async (stage) => {
    await stage.login();
    await stage.calls(1);
    await stage.quiet();
  },
} satisfies Scenario;
