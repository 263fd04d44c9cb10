import type { Scenario } from '../../src/run/scenario.ts';

/** Two processes share one store; one gets its 401 only after the other has rotated the token. */
export default {
  id: 'two-processes',
  title: 'Two processes share one store; one gets its 401 (expired session) after the other has refreshed',
  rank: 23,
  skip: ({ app, abilities }) =>
    app.sharedStore && abilities.processes
      ? undefined
      : 'The client is not declared to share its store between processes.',
  run: async (stage) => {
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
} satisfies Scenario;
