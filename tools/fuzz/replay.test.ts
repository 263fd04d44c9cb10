import { describe, expect, onTestFinished, test } from 'vitest';
import fc from 'fast-check';
import { corpusOf } from './corpus.ts';
import { examine } from './target.ts';
import { TARGETS } from './targets.ts';

/** Of each target, drawn with a seed that stays: enough to show that it still works. */
const FRESH = 5;
const SEED = 20261123;

const caught: unknown[] = [];
const stray = () => caught.shift();

test('targets have names of their own', () => {
  expect(new Set(TARGETS.map(({ name }) => name)).size).toBe(TARGETS.length);
});

describe.each(TARGETS)('$name', (target) => {
  const { name, input } = target;
  test('what was found once is not found again', async () => {
    const listen = (reason: unknown) => void caught.push(reason);
    process.on('unhandledRejection', listen);
    const opened = await target.open();
    onTestFinished(async () => {
      process.off('unhandledRejection', listen);
      await opened.close?.();
    });
    for (const kept of [...corpusOf(name), ...fc.sample(input, { seed: SEED, numRuns: FRESH })]) {
      try {
        await examine(opened, kept, stray);
      } catch (error) {
        throw new Error(JSON.stringify(kept).slice(0, 1_000), { cause: error });
      }
    }
  });
});
