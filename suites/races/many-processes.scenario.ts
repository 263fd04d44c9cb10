import type { ClientProcess } from '../../src/drivers/driver.ts';
import type { Scenario } from '../../src/run/scenario.ts';

const PROCESSES = 5;

/** Gives five processes that share one store a 401 at the same time. */
export default {
  id: 'many-processes',
  title: 'Five processes that share one store get a 401 (expired session) at the same time',
  rank: 24,
  skip: ({ app, abilities }) =>
    app.sharedStore && abilities.processes
      ? undefined
      : 'The client is not declared to share its store between processes.',
  run: async (stage) => {
    await stage.login();
    const processes: ClientProcess[] = [stage.client];
    while (processes.length < PROCESSES) {
      const next = await stage.spawn();
      if (next === undefined) return;
      processes.push(next);
    }
    for (const process of processes) await stage.calls(1, process);
    stage.phase('herd');
    stage.control.expireAccessTokens();
    const denied = stage.control.hold({ point: 'resource-denied' });
    const requests = stage.control.hold({ point: 'refresh-request' });
    const calls = Promise.all(processes.map((process) => stage.calls(1, process)));
    calls.catch(() => undefined);
    await stage.gathered([denied, requests], PROCESSES, calls);
    denied.close();
    await stage.gathered(requests, PROCESSES, calls);
    requests.close();
    await calls;
    await stage.quiet();
    stage.phase('later');
    stage.control.expireAccessTokens();
    await stage.calls(1, processes[1]);
    await stage.calls(1, processes[2]);
  },
} satisfies Scenario;
