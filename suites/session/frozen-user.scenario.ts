import type { Scenario } from '../../src/run/scenario.ts';

const CALLS = 4;

/** Freezes the user and revokes all tokens, as after a sign-in through a VPN; later unfreezes the user, who connects again. */
export default {
  id: 'frozen-user',
  title: 'The user is frozen and all tokens are revoked; later the user is unfrozen and connects again',
  rank: 38,
  run: async (stage) => {
    await stage.login();
    await stage.refreshByCall();
    stage.phase('frozen');
    stage.control.setUserStatus('frozen-user');
    for (let n = 0; n < CALLS; n += 1) {
      const [answer] = await stage.calls(1);
      if (answer?.result === 'timed-out') break;
    }
    await stage.quiet();
    await stage.client.status();
    stage.phase('unfrozen');
    stage.control.setUserStatus(undefined);
    await stage.calls(1);
    stage.phase('reconnect');
    await stage.reconnect();
    await stage.calls(1);
    await stage.refreshByCall();
  },
} satisfies Scenario;
