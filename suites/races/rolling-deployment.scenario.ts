import type { Scenario } from '../../src/run/scenario.ts';

/** An old and a new version of the client run side by side on one store, as during a rolling deployment. */
const rollingDeployment: Scenario = {
  id: 'rolling-deployment',
  title: 'The old and the new version of the client run side by side on one store',
  rank: 43,
  skip: ({ abilities }) =>
    abilities.previous === true
      ? undefined
      : 'The configuration names no earlier version of the client (`driver.previous`).',
  play: async (stage) => {
    await stage.login();
    await stage.calls(1);
    const old = await stage.previous();
    if (old === undefined) return;
    await stage.calls(1, old);
    stage.phase('side-by-side');
    await stage.refreshByCall();
    // With the session that the new version has renewed: the old version may write what it knows.
    await stage.calls(1, old);
    await stage.refreshByCall();
    await stage.refreshByCall(old);
    await stage.refreshByCall();
  },
};
export default rollingDeployment;
