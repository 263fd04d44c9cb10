import type { Scenario } from '../../src/run/scenario.ts';

/** Runs an old and a new version of the client side by side on one store, as in a rolling deployment. */
export default {
  id: 'rolling-deployment',
  title: 'The old and the new version of the client run side by side on one store',
  rank: 43,
  skip: ({ abilities }) =>
    abilities.previous === true
      ? undefined
      : 'The configuration names no earlier version of the client (`driver.previous`).',
  run: async (stage) => {
    await stage.login();
    await stage.calls(1);
    const old = await stage.previous();
    if (old === undefined) return;
    await stage.calls(1, old);
    stage.phase('side-by-side');
    await stage.refreshByCall();
    // The old version uses the session that the new one has renewed, and may overwrite it with what it knows.
    await stage.calls(1, old);
    await stage.refreshByCall();
    await stage.refreshByCall(old);
    await stage.refreshByCall();
  },
} satisfies Scenario;
