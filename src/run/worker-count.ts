/** Determines how many scenarios run at once. */
import { availableParallelism } from 'node:os';

/** Largest number of workers. */
const MOST_WORKERS = 32;
/** Memory of one worker: its mock and the processes of a client. */
const WORKER_BYTES = 300 * 1024 * 1024;

/** What the number of workers depends on. */
export interface WorkerCountRequest {
  readonly wanted: number | 'auto';
  readonly scenarios: number;
  /** Reason why only one scenario can run at a time, as a clause; undefined when several can. */
  readonly oneAtATime: string | undefined;
}

/** Resources of the machine; tests pass their own. */
export interface Machine {
  readonly cores: number;
  readonly freeBytes: number;
}

/** Returns how many workers to start, at least 1: for `auto` one for each core, within the limits of memory and driver. */
export function countWorkers(
  { wanted, scenarios, oneAtATime }: WorkerCountRequest,
  machine: Machine = { cores: availableParallelism(), freeBytes: process.availableMemory() },
): number {
  if (oneAtATime !== undefined) return 1;
  const most = wanted === 'auto' ? Math.min(machine.cores, Math.floor(machine.freeBytes / WORKER_BYTES)) : wanted;
  return Math.max(1, Math.min(most, scenarios, MOST_WORKERS));
}
