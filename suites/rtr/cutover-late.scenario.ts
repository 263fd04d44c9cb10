import type { Scenario } from '../../src/run/scenario.ts';
import { refusedForPkce } from './refused-login.ts';

/** Settings take up to an hour to propagate; ten minutes are enough to see a refresh before and after. */
const DELAY_MS = 10 * 60_000;

/** Switches PKCE and rotation on while a grant exists; they take effect ten minutes later, between two refreshes. */
export default {
  id: 'cutover-late',
  title: 'PKCE and rotation are switched on while a grant lives, and take effect ten minutes later',
  rank: 41,
  run: async (stage) => {
    stage.control.changeApp({ pkce: false, rotation: false });
    await stage.login();
    await stage.calls(1);
    stage.phase('switched-on');
    stage.control.changeApp({ pkce: true, rotation: true }, DELAY_MS);
    await stage.refreshByCall();
    stage.phase('rotation-on');
    stage.control.age(DELAY_MS);
    await stage.refreshByCall();
    await stage.refreshByCall();
    stage.phase('pkce-on');
    await refusedForPkce(stage);
    stage.phase('after-pkce-on');
    await stage.refreshByCall();
  },
} satisfies Scenario;
