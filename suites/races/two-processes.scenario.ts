import type { Scenario } from '../../src/run/scenario.ts';

/** Two processes on one store: one learns that its session is dead only after the other has rotated the token. */
const twoProcesses: Scenario = {
  id: 'two-processes',
  title: 'Two processes on one store, one told late that its session is dead',
  rank: 23,
  skip: ({ app, abilities }) =>
    app.sharedStore && abilities.processes
      ? undefined
      : 'The client is not declared to share its store between processes.',
  play: async (stage) => {
    await stage.login();
    const other = await stage.spawn();
    if (other === undefined) return;
    await stage.calls(1);
    await stage.calls(1, other);
    stage.phase('late-process');
    stage.control.expireAccessTokens();
    const denied = stage.control.hold({ point: 'resource-denied', limit: 1 });
    const late = stage.calls(1, other);
    const held = await stage.arrival(denied, late);
    if (held === undefined) return;
    await stage.calls(1);
    held.open();
    denied.close();
    await late;
    await stage.quiet();
  },
};
export default twoProcesses;
