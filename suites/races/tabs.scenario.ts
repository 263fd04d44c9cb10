import type { Gate } from '../../mock-server/mock.ts';
import type { ClientProcess } from '../../src/drivers/driver.ts';
import type { Scenario, ScenarioContext } from '../../src/run/scenario.ts';

/** Gives two tabs that share one storage a 401 at the same time; then one of them while the other refreshes. */
export default {
  id: 'tabs',
  title: 'Two tabs that share one storage get a 401 (expired session) at the same time',
  rank: 28,
  skip: ({ abilities }) =>
    abilities.tabs ? undefined : 'Tabs need the browser driver with `driver.tabs` of 2 or more.',
  run: async (stage) => {
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
    stage.phase('late');
    await comesLate(stage, stage.client, other);
    await comesLate(stage, other, stage.client);
  },
} satisfies Scenario;

/** Expires the session, lets `first` refresh, and gives `second` a 401 while `first` waits for the answer. */
async function comesLate(stage: ScenarioContext, first: ClientProcess, second: ClientProcess): Promise<void> {
  stage.control.expireAccessTokens();
  const answers = stage.control.hold({ point: 'refresh-answer', limit: 1 });
  const early = stage.calls(1, first);
  if ((await stage.arrival(answers, early)) !== undefined) {
    const denied = stage.control.hold({ point: 'resource-denied', limit: 1 });
    const requests = stage.control.hold({ point: 'refresh-request', limit: 1 });
    const late = stage.calls(1, second);
    const deniedLate = await stage.arrival(denied, late);
    deniedLate?.open();
    await deniedLate?.ended;
    await stage.elapse(stage.quietMs, requests.next());
    for (const gate of [denied, requests, answers]) gate.close();
    await late;
  }
  answers.close();
  await early;
}

/** Waits until both tabs are held at the gate. The second may never arrive, because it waits for the first. It is given as long as an
 * undisturbed login takes, since a tab is a separate process and slow to wake. */
async function both(stage: ScenarioContext, gate: Gate, calls: Promise<unknown>): Promise<void> {
  await stage.gathered(gate, 1, calls);
  if (gate.held.length === 1) await stage.soon(Promise.race([gate.next(), calls]));
}
