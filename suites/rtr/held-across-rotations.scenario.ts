import type { Scenario } from '../../src/run/scenario.ts';

/** Holds one call's 401 while two other calls refresh, as for a queued job that carries the tokens of the moment when it was queued. */
export default {
  id: 'held-across-rotations',
  title: 'A call gets its 401 after two other calls have refreshed',
  rank: 42,
  run: async (stage) => {
    await stage.login();
    await stage.calls(1);
    stage.phase('held');
    stage.control.expireAccessTokens();
    const denied = stage.control.hold({ point: 'resource-denied', limit: 1 });
    const first = stage.calls(1);
    const held = await stage.arrival(denied, first);
    if (held === undefined) return;
    const others: Promise<unknown>[] = [];
    for (let n = 0; n < 2; n += 1) {
      if (n > 0) stage.control.expireAccessTokens();
      const other = stage.calls(1);
      others.push(other);
      if (!(await stage.over(other))) break;
    }
    held.open();
    denied.close();
    await Promise.all([first, ...others]);
    await stage.quiet();
    stage.phase('later');
    await stage.refreshByCall();
  },
} satisfies Scenario;
