import type { Scenario } from '../../src/run/scenario.ts';

/** Two calls with a dead session: one is told so only after the other has refreshed. */
const late401: Scenario = {
  id: 'late-401',
  title: 'A call learns that its session is dead after another call has refreshed',
  rank: 20,
  play: async (stage) => {
    await stage.login();
    await stage.calls(1);
    stage.phase('late');
    stage.control.expireAccessTokens();
    const denied = stage.control.hold({ point: 'resource-denied', limit: 1 });
    const first = stage.calls(1);
    const held = await stage.arrival(denied, first);
    if (held === undefined) return;
    const second = stage.calls(1);
    await stage.over(second);
    held.open();
    denied.close();
    await Promise.all([first, second]);
    await stage.quiet();
    stage.phase('later');
    await stage.refreshByCall();
  },
};
export default late401;
