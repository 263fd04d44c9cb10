/** Refreshes and logins in a second, of one server after the other, with the same generator. */
import { startChild } from '../child.ts';
import type { Order, Speed } from '../load/generator.ts';
import type { Target } from '../load/client.ts';
import type { Memory } from '../servers/serve.ts';

export interface ThroughputSize {
  readonly connections: number;
  readonly warmUpMs: number;
  readonly forMs: number;
}

/** How fast a server was, and what it cost. */
export interface ServerSpeed extends Speed {
  /** For each second of CPU time of the server's process: hardly changes with what else the machine does. Includes one login a connection. */
  readonly perCpuSecond: number;
}

/** Starts the server, lets the generator work on it, stops both.
 * @param args of the server's process */
export async function measureThroughput(
  server: string,
  what: Order['what'],
  size: ThroughputSize,
  args: readonly string[] = [],
): Promise<ServerSpeed> {
  const child = startChild(`servers/${server}.ts`, args);
  const generator = startChild('load/generator.ts');
  try {
    const target = await child.first<Target>();
    const order: Order = { target, what, ...size, warmUpMs: 0 };
    await generator.ask({ ...order, forMs: size.warmUpMs });
    const before = await child.ask<Memory>({});
    const { speed } = await generator.ask<{ readonly speed: Speed }>(order);
    const after = await child.ask<Memory>({});
    return { ...speed, perCpuSecond: (speed.count / (after.cpuMs - before.cpuMs)) * 1000 };
  } finally {
    await Promise.all([child.stop(), generator.stop()]);
  }
}
