import type { Scenario } from '../../src/run/scenario.ts';

/** One plain login and one API call. */
const login: Scenario = {
  id: 'login',
  title: 'One login, then one API call',
  rank: 1,
  play: async (stage) => {
    await stage.login();
    await stage.calls(1);
    await stage.quiet();
  },
};
export default login;
