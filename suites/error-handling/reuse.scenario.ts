import type { Scenario } from '../../src/run/scenario.ts';

/** Uses a rotated refresh token from another client: the mock revokes the whole family, access tokens included. */
export default {
  id: 'reuse',
  title: 'A stolen refresh token is used: reuse detection revokes the token family',
  rank: 13,
  run: async (stage) => {
    await stage.login();
    await stage.calls(1);
    await stage.refreshByCall();
    stage.phase('reuse');
    stage.control.replayOldToken();
    for (let n = 0; n < 6; n += 1) {
      const [answer] = await stage.calls(1);
      if (answer?.result === 'timed-out') break;
    }
    await stage.quiet();
    await stage.client.status();
  },
} satisfies Scenario;
