/** A thread that puts one target to work: whatever hangs or eats memory in it, the parent lives to report it. */
import { parentPort, workerData } from 'node:worker_threads';
import fc from 'fast-check';
import { examine } from './target.ts';
import { TARGETS } from './targets.ts';

export interface Order {
  readonly name: string;
  readonly forMs: number;
  readonly seed: number;
}

export type Word =
  | { readonly kind: 'trying'; readonly input: unknown }
  | { readonly kind: 'done'; readonly runs: number; readonly heapBytes: number }
  | { readonly kind: 'failed'; readonly runs: number; readonly input: unknown; readonly why: string };

const say = (word: Word): void => parentPort?.postMessage(word);
const { name, forMs, seed } = workerData as Order;
let lost: unknown;
process.on('unhandledRejection', (reason) => (lost ??= reason ?? 'a rejection without a reason'));
process.on('uncaughtException', (error) => (lost ??= error));
const stray = (): unknown => {
  const found = lost;
  lost = undefined;
  return found;
};

const target = TARGETS.find((one) => one.name === name);
if (target === undefined) throw new Error(`There is no target ${name}.`);
const opened = await target.open();
let runs = 0;
const outcome = await fc.check(
  fc.asyncProperty(target.input, async (input) => {
    say({ kind: 'trying', input });
    runs += 1;
    await examine(opened, input, stray);
  }),
  { seed, numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: forMs, markInterruptAsFailure: false },
);
await opened.close?.();
const { errorInstance, counterexample } = outcome;
if (outcome.failed && counterexample !== null) {
  const why = errorInstance instanceof Error ? (errorInstance.stack ?? errorInstance.message) : String(errorInstance);
  say({ kind: 'failed', runs, input: counterexample[0], why });
} else {
  globalThis.gc?.();
  say({ kind: 'done', runs, heapBytes: process.memoryUsage().heapUsed });
}
