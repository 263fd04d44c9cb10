/** Memory of our mock while refresh tokens rotate: measured after equal steps, so that growth can be seen. */
import { startChild } from '../child.ts';
import type { Order, Speed } from '../load/generator.ts';
import type { Target } from '../load/client.ts';
import type { Memory } from '../servers/serve.ts';

export interface MemoryPoint extends Memory {
  readonly rotations: number;
}

/** The first point comes before any rotation, the last after all of them. Each step's clients log in anew, on eight connections. */
export async function measureMemory(rotations: number, steps: number): Promise<readonly MemoryPoint[]> {
  const child = startChild('servers/ours.ts');
  const generator = startChild('load/generator.ts');
  try {
    const target = await child.first<Target>();
    const points: MemoryPoint[] = [{ rotations: 0, ...(await child.ask<Memory>({})) }];
    for (let step = 1; step <= steps; step += 1) {
      const count = Math.round(rotations / steps);
      const order: Order = { target, what: 'refresh', connections: 8, warmUpMs: 0, count };
      const { speed } = await generator.ask<{ readonly speed: Speed }>(order);
      points.push({ rotations: (points.at(-1)?.rotations ?? 0) + speed.count, ...(await child.ask<Memory>({})) });
    }
    return points;
  } finally {
    await Promise.all([child.stop(), generator.stop()]);
  }
}
