/**
 * `npm run fuzz -- --seconds 180 --seed 7 --only token,soap`: every parser of outside input gets hostile input.
 *
 * The time is shared by all targets. What is found is written to the target's corpus, as small as it could be made: `npm test` tries it again
 * from then on, and fails until it is fixed.
 */
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { keep } from './corpus.ts';
import { TARGETS } from './targets.ts';
import type { Order, Word } from './worker.ts';

/** An input that is tried for so long hangs. */
const HUNG_MS = 60_000;
const MOST_HEAP_MIB = 768;

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '180' }, seed: { type: 'string' }, only: { type: 'string' } },
});
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const names = values.only?.split(',') ?? TARGETS.map(({ name }) => name);
const unknown = names.filter((name) => !TARGETS.some((one) => one.name === name));
if (unknown.length > 0 || !Number.isInteger(seed) || !(Number(values.seconds) > 0)) {
  console.error(`Wrong usage: ${unknown.join(', ')}. Targets: ${TARGETS.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

/** Ends with the worker's last word; a worker that dies or hangs has failed at what it tried last. */
function work(order: Order): Promise<Word> {
  const worker = new Worker(new URL('worker.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MIB },
  });
  const { promise, resolve } = Promise.withResolvers<Word>();
  let tried: unknown;
  let runs = 0;
  const failed = (why: string) => {
    resolve({ kind: 'failed', runs, input: tried, why });
  };
  let timer = setTimeout(() => undefined, 0);
  const watch = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      failed(`It hangs: nothing was heard for ${String(HUNG_MS)} ms.`);
      void worker.terminate();
    }, HUNG_MS);
  };
  watch();
  worker.on('message', (word: Word) => {
    watch();
    if (word.kind === 'trying') {
      tried = word.input;
      runs += 1;
      return;
    }
    resolve(word);
    void worker.terminate();
  });
  worker.on('error', (error) => {
    failed(error instanceof Error ? (error.stack ?? error.message) : String(error));
  });
  worker.on('exit', () => {
    clearTimeout(timer);
    failed('The thread ended without a word.');
  });
  return promise;
}

console.log(`seed ${String(seed)}`);
const forMs = (Number(values.seconds) * 1000) / names.length;
let failures = 0;
for (const name of names) {
  const word = await work({ name, forMs, seed });
  if (word.kind === 'failed') {
    failures += 1;
    console.log(
      `${name}: FAILED after ${String(word.runs)} inputs\n${word.why}\n  input: ${JSON.stringify(word.input).slice(0, 2_000)}\n  kept in ${keep(name, word.input)}`,
    );
  } else if (word.kind === 'done') {
    console.log(`${name}: ${String(word.runs)} inputs, heap ${(word.heapBytes / 2 ** 20).toFixed(0)} MiB`);
  }
}
console.log(failures === 0 ? 'Nothing was found.' : `${String(failures)} of ${String(names.length)} targets failed.`);
process.exitCode = failures === 0 ? 0 : 1;
