/** One parser of what comes from outside, and what must hold whatever it is handed. */
import { inspect } from 'node:util';
import type { Arbitrary } from 'fast-check';

export interface Opened<T> {
  /** Rejects when something does not hold. Anything may be handed in that JSON can hold. */
  check(input: T): Promise<void>;
  close?(): Promise<void>;
}

export interface Target<T = unknown> {
  /** Of its corpus: `corpus/<name>.json`, a list of inputs. */
  readonly name: string;
  readonly input: Arbitrary<T>;
  open(): Promise<Opened<T>>;
}

/** What a target is for everybody else: something that takes inputs of its own kind. */
export const target = <T>(given: Target<T>): Target => given;

/** CPU time that one input may cost, milliseconds. */
const MOST_CPU_MS = 2_000;
/** Wall-clock time, the load of the machine included. */
const DEADLINE_MS = 20_000;

/** Checks one input: no uncaught error, nothing slow. `stray` takes the errors that were not caught so far. */
export async function examine(opened: Opened<unknown>, input: unknown, stray: () => unknown): Promise<void> {
  const over = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    over.reject(new Error(`It was not done within ${String(DEADLINE_MS)} ms.`));
  }, DEADLINE_MS);
  const before = process.threadCpuUsage();
  try {
    await Promise.race([opened.check(input), over.promise]);
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    clearTimeout(timer);
  }
  const { user, system } = process.threadCpuUsage(before);
  const usedMs = (user + system) / 1000;
  if (usedMs > MOST_CPU_MS) throw new Error(`It took ${String(Math.round(usedMs))} ms of CPU time.`);
  const lost = stray();
  if (lost !== undefined) throw new Error(`Uncaught: ${inspect(lost)}`);
}

/** What must hold; the sentence names what does not. */
export function must(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Error(sentence);
}
