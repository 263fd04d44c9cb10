/** `npm run soak -- 30 100`: for 30 minutes 100 refreshes a second (and 10 logins in the last ten seconds of each minute), and the memory of
 * the mock after each minute. */
import { startChild } from './child.ts';
import type { Target } from './load/client.ts';
import type { Order, Speed } from './load/generator.ts';
import type { Memory } from './servers/serve.ts';

const [minutes = 30, perSecond = 100] = process.argv.slice(2).map(Number);
const MIB = 2 ** 20;
const child = startChild('servers/ours.ts');
const generator = startChild('load/generator.ts');
const target = await child.first<Target>();
for (let minute = 1; minute <= minutes; minute += 1) {
  for (const what of ['refresh', 'login'] as const) {
    const pace = what === 'refresh' ? { forMs: 50_000, perSecond } : { forMs: 10_000, perSecond: perSecond / 10 };
    const order: Order = { target, what, connections: 8, warmUpMs: 0, ...pace };
    const { speed } = await generator.ask<{ readonly speed: Speed }>(order);
    console.log(`minute ${minute}: ${speed.count} × ${what}`);
  }
  const { heapUsed, rss, historyBytes } = await child.ask<Memory>({});
  const [heap, resident, history] = [heapUsed, rss, historyBytes].map((bytes) => (bytes / MIB).toFixed(1));
  console.log(`  heap ${heap} MiB, resident ${resident} MiB, history ${history} MiB`);
}
await Promise.all([child.stop(), generator.stop()]);
