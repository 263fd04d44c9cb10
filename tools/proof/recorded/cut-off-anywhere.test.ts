import { expect, test } from 'vitest';
import { loadCatalogue } from '../../../src/run/catalogue.ts';
import { failuresByCut } from './cut-off.ts';
import { recordedHistories } from './histories.ts';

test('a run that is interrupted after any event fails no MUST that the whole run does not fail', async () => {
  const { checks } = await loadCatalogue();
  const results = recordedHistories().map((history) =>
    failuresByCut(history, checks, {
      by: ['signal', 'kill'],
      // Thousands of events: the mixture of operations.
      stride: (events) => Math.ceil(events / 500),
    }),
  );
  expect(results.flatMap(({ failures }) => failures)).toEqual([]);
  expect(results.reduce((sum, { tried }) => sum + tried, 0)).toBeGreaterThan(8_000);
});
