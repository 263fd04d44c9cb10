import type { Scenario, ScenarioContext } from '../../src/run/scenario.ts';

/** Makes the client refresh on each path that may cause one; the refresh after each shows which token was kept. */
export default {
  id: 'refresh-paths',
  title: 'A refresh by a call, on demand, by a status query and at start-up',
  rank: 15,
  run: async (stage) => {
    await stage.login();
    await stage.calls(1);
    await probe(stage, 'by-call', () => stage.refreshByCall());
    await probe(stage, 'on-demand', () => stage.client.refresh());
    await probe(stage, 'by-status', async () => {
      stage.control.expireAccessTokens();
      await stage.client.status();
    });
    // Gives a client time that saves its tokens with a delay.
    await stage.quiet();
    await probe(stage, 'at-start', async () => {
      stage.control.expireAccessTokens();
      await stage.client.restart();
    });
  },
} satisfies Scenario;

/** Lets the client refresh on one path, then forces another refresh to see which token was kept. */
async function probe(stage: ScenarioContext, path: string, refresh: () => Promise<unknown>): Promise<void> {
  stage.phase(path);
  await refresh();
  await stage.refreshByCall();
}
