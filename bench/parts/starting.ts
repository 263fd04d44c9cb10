/** From the start of a server's process until it has answered a first login. */
import { startChild } from '../child.ts';
import { createLoadClient, type Target } from '../load/client.ts';
import { startMock } from '../../src/library/mock.ts';
import { median } from './median.ts';

/** The median of `times` starts, in milliseconds. */
export async function measureStart(server: string, times: number): Promise<number> {
  const taken: number[] = [];
  for (let count = 0; count < times; count += 1) {
    const from = performance.now();
    const child = startChild(`servers/${server}.ts`);
    try {
      const client = createLoadClient(await child.first<Target>());
      await client.login();
      taken.push(performance.now() - from);
      client.close();
    } finally {
      await child.stop();
    }
  }
  return median(taken);
}

/** From the call of `startMock` until its `loginUrl` is known, in a process that has started one before: the median of `times` starts, in milliseconds. */
export async function measureWarmStart(times: number): Promise<number> {
  await (await startMock()).close();
  const taken: number[] = [];
  for (let count = 0; count < times; count += 1) {
    const from = performance.now();
    const salesforce = await startMock();
    taken.push(performance.now() - from);
    await salesforce.close();
  }
  return median(taken);
}
