import type { Scenario } from '../../src/run/scenario.ts';
import { refusedForPkce } from './refused-login.ts';

/** Switches PKCE on, then refresh token rotation, while a grant exists that was made without them. */
export default {
  id: 'cutover',
  title: 'PKCE, then rotation is switched on while a grant lives',
  rank: 40,
  run: async (stage) => {
    stage.control.changeApp({ pkce: false, rotation: false });
    await stage.login();
    await stage.calls(1);
    stage.phase('pkce-on');
    stage.control.changeApp({ pkce: true });
    await refusedForPkce(stage);
    stage.phase('after-pkce-on');
    await stage.refreshByCall();
    stage.phase('rotation-on');
    stage.control.changeApp({ rotation: true });
    await stage.refreshByCall();
    await stage.refreshByCall();
  },
} satisfies Scenario;
