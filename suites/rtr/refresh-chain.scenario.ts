import type { Scenario } from '../../src/run/scenario.ts';

/** Number of refreshes in the chain. */
const LENGTH = 10;

/** Makes a login, calls with a valid session, ten forced refreshes in a row, and one more after a restart. */
export default {
  id: 'refresh-chain',
  title: 'Ten refreshes in a row, then one after a restart',
  rank: 3,
  run: async (stage) => {
    await stage.login();
    stage.phase('valid');
    for (let n = 0; n < 3; n += 1) await stage.calls(1);
    stage.phase('chain');
    let failures = 0;
    for (let n = 0; n < LENGTH && failures < 3; n += 1) {
      const { result } = await stage.refreshByCall();
      failures = result === 'ok' ? 0 : failures + 1;
      if (result === 'timed-out') break;
    }
    await stage.quiet();
    stage.phase('restart');
    const restarted = await stage.client.restart();
    if (restarted.result !== 'ok') return;
    stage.phase('after-restart');
    await stage.refreshByCall();
  },
} satisfies Scenario;
