import type { Gate } from '../../mock-server/mock.ts';
import type { Scenario, Stage } from '../../src/run/scenario.ts';

/** Two tabs on one storage find their session dead at the same moment. */
const tabs: Scenario = {
  id: 'tabs',
  title: 'Two tabs on one storage find their session dead at the same moment',
  rank: 28,
  skip: ({ abilities }) =>
    abilities.tabs ? undefined : 'Only the browser driver has tabs, when `driver.tabs` says so.',
  play: async (stage) => {
    await stage.login();
    const other = await stage.spawn();
    if (other === undefined) return;
    await stage.calls(1);
    await stage.calls(1, other);
    stage.phase('herd');
    stage.control.expireAccessTokens();
    const denied = stage.control.hold({ point: 'resource-denied' });
    const requests = stage.control.hold({ point: 'refresh-request' });
    const calls = Promise.all([stage.calls(1), stage.calls(1, other)]);
    calls.catch(() => undefined);
    await both(stage, denied, calls);
    denied.close();
    await both(stage, requests, calls);
    requests.close();
    await calls;
    await stage.quiet();
    stage.phase('later');
    await stage.refreshByCall(other);
  },
};
export default tabs;

/** Waits until both tabs stand at the gate. The second may never come, because it waits for the first: it is then given as long as an
 * honest login takes, since a tab is a process of its own and slow to wake. */
async function both(stage: Stage, gate: Gate, calls: Promise<unknown>): Promise<void> {
  await stage.gathered(gate, 1, calls);
  if (gate.held.length === 1) await stage.soon(Promise.race([gate.next(), calls]));
}
