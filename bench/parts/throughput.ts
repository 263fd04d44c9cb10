/** Refreshes and logins in a second, of one server after the other, with the same generator. */
import { startChild } from '../child.ts';
import type { Order, Speed } from '../load/generator.ts';
import type { Target } from '../load/client.ts';

export interface ThroughputSize {
  readonly connections: number;
  readonly warmUpMs: number;
  readonly forMs: number;
}

/** Starts the server, lets the generator work on it, stops both.
 * @param args of the server's process */
export async function measureThroughput(
  server: string,
  what: Order['what'],
  size: ThroughputSize,
  args: readonly string[] = [],
): Promise<Speed> {
  const child = startChild(`servers/${server}.ts`, args);
  const generator = startChild('load/generator.ts');
  try {
    const target = await child.first<Target>();
    const order: Order = { target, what, ...size };
    return (await generator.ask<{ readonly speed: Speed }>(order)).speed;
  } finally {
    await Promise.all([child.stop(), generator.stop()]);
  }
}
