/** The load generator, a process of its own: does what its parent says and says how fast it went. */
import { setTimeout } from 'node:timers/promises';
import { createLoadClient, type LoadClient, type Target } from './client.ts';

export interface Order {
  readonly target: Target;
  readonly what: 'refresh' | 'login';
  readonly connections: number;
  /** Not counted. */
  readonly warmUpMs: number;
  /** Ends after that time … */
  readonly forMs?: number;
  /** … or after so many. */
  readonly count?: number;
  /** All connections together, at most. Default: as fast as the server answers. */
  readonly perSecond?: number;
}

export interface Speed {
  readonly count: number;
  readonly perSecond: number;
  /** Milliseconds from the request to its whole answer. */
  readonly medianMs: number;
  readonly p99Ms: number;
  /** CPU time of the generator itself, of the time that it took. */
  readonly generatorBusy: number;
}

/** Never resolves: `count` ends it. */
const FOR_EVER = Number.POSITIVE_INFINITY;

async function work(order: Order): Promise<Speed> {
  const clients = Array.from({ length: order.connections }, () => createLoadClient(order.target));
  const tokens = await Promise.all(clients.map((client) => client.login()));
  const durations: number[] = [];
  let begun = 0;
  const step = async (client: LoadClient, index: number): Promise<void> => {
    if (order.what === 'login') await client.login();
    else tokens[index] = await client.refresh(tokens[index] ?? '');
  };
  const runUntil = async (endAt: number, most: number, note: boolean): Promise<void> => {
    begun = 0;
    const since = performance.now();
    const due = async (count: number): Promise<void> => {
      if (order.perSecond === undefined) return;
      const earlyMs = since + (count * 1000) / order.perSecond - performance.now();
      if (earlyMs > 0) await setTimeout(earlyMs);
    };
    await Promise.all(
      clients.map(async (client, index) => {
        while (begun < most && performance.now() < endAt) {
          begun += 1;
          await due(begun);
          const from = performance.now();
          await step(client, index);
          if (note) durations.push(performance.now() - from);
        }
      }),
    );
  };
  await runUntil(performance.now() + order.warmUpMs, FOR_EVER, false);
  const cpu = process.cpuUsage();
  const from = performance.now();
  await runUntil(from + (order.forMs ?? FOR_EVER), order.count ?? FOR_EVER, true);
  const took = performance.now() - from;
  const used = process.cpuUsage(cpu);
  for (const client of clients) client.close();
  durations.sort((a, b) => a - b);
  const at = (part: number) => durations[Math.min(durations.length - 1, Math.floor(durations.length * part))] ?? 0;
  return {
    count: durations.length,
    perSecond: (durations.length / took) * 1000,
    medianMs: at(0.5),
    p99Ms: at(0.99),
    generatorBusy: (used.user + used.system) / 1000 / took,
  };
}

process.on('message', (order: Order) => {
  work(order).then(
    (speed) => process.send?.({ speed }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  );
});
