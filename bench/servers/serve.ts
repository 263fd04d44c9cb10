/** What the three servers have in common: they say where they are, and how much memory they use when they are asked. */
import type { Target } from '../load/client.ts';

export interface Memory {
  /** Resident set, bytes. */
  readonly rss: number;
  /** After garbage collection, bytes. */
  readonly heapUsed: number;
  /** Length of the history, bytes; 0 where there is none. */
  readonly historyBytes: number;
  /** CPU time of the process since it began. */
  readonly cpuMs: number;
}

export const CLIENT_ID = '3MVG9benchClient';
export const REDIRECT_URI = 'http://127.0.0.1:7777/callback';

/** Notifies the parent; answers until it is killed. */
export function serve(target: Target, historyBytes: () => number = () => 0): void {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    process.send?.({ rss, heapUsed, historyBytes: historyBytes(), cpuMs: (user + system) / 1000 } satisfies Memory);
  });
  process.send?.(target);
}
