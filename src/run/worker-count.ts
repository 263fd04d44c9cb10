/** How many scenarios are played at once. */
import { availableParallelism, freemem } from 'node:os';

/** Workers that a machine is asked to run at the same time, at most. */
const MOST_WORKERS = 32;
/** Memory of a worker: its mock and the processes of a client. */
const WORKER_BYTES = 300 * 1024 * 1024;

export interface WorkerCountRequest {
  readonly wanted: number | 'auto';
  readonly scenarios: number;
  /** Why only one scenario can be played at a time, half a sentence; undefined: several can. */
  readonly oneAtATime: string | undefined;
}

/** What the machine has; a test gives its own. */
export interface Machine {
  readonly cores: number;
  readonly freeBytes: number;
}

/** Returns how many workers to start, 1 at the least: for `auto` one for each core, as far as memory and driver allow. */
export function countWorkers(
  { wanted, scenarios, oneAtATime }: WorkerCountRequest,
  machine: Machine = { cores: availableParallelism(), freeBytes: freemem() },
): number {
  if (oneAtATime !== undefined) return 1;
  const most = wanted === 'auto' ? Math.min(machine.cores, Math.floor(machine.freeBytes / WORKER_BYTES)) : wanted;
  return Math.max(1, Math.min(most, scenarios, MOST_WORKERS));
}
