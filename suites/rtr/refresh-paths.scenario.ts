import type { Scenario, ScenarioContext } from '../../src/run/scenario.ts';

/** Each thing that may make the client refresh, one after the other; the refresh after it shows what was kept. */
const refreshPaths: Scenario = {
  id: 'refresh-paths',
  title: 'A refresh by a call, on demand, by a status query and at start-up',
  rank: 15,
  play: async (stage) => {
    await stage.login();
    await stage.calls(1);
    await probe(stage, 'by-call', () => stage.refreshByCall());
    await probe(stage, 'on-demand', () => stage.client.refresh());
    await probe(stage, 'by-status', async () => {
      stage.control.expireAccessTokens();
      await stage.client.status();
    });
    // What is saved a little later has time for it.
    await stage.quiet();
    await probe(stage, 'at-start', async () => {
      stage.control.expireAccessTokens();
      await stage.client.restart();
    });
  },
};
export default refreshPaths;

/** Lets the client refresh on one path, then forces another refresh. */
async function probe(stage: ScenarioContext, path: string, refresh: () => Promise<unknown>): Promise<void> {
  stage.phase(path);
  await refresh();
  await stage.refreshByCall();
}
