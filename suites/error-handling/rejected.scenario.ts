import type { Scenario } from '../../src/run/scenario.ts';

/** Rejects the refresh token, makes fifty further calls, then lets the user connect again. */
export default {
  id: 'rejected',
  title: 'The refresh token is rejected, further calls follow, then the user connects again',
  rank: 12,
  run: async (stage) => {
    await stage.login();
    await stage.calls(1);
    stage.phase('rejected');
    stage.control.rejectRefreshTokens(undefined, 'expired');
    const [first] = await stage.calls(1);
    await stage.quiet();
    if (first?.result !== 'timed-out') {
      stage.phase('storm');
      for (let round = 0; round < 10; round += 1) {
        const answers = await stage.calls(5);
        if (answers.some(({ result }) => result === 'timed-out')) break;
      }
      await stage.quiet();
      await stage.client.status();
    }
    stage.phase('recovery');
    await stage.login();
    await stage.calls(1);
    await stage.refreshByCall();
  },
} satisfies Scenario;
