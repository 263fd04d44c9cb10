import { expect, test } from 'vitest';
import { loadCatalogue } from '../../../src/run/catalogue.ts';
import { failuresByCut } from './cut-off.ts';
import { recordedHistories } from './histories.ts';

/** As cut-off-anywhere.test.ts, at some of the places: about twenty of each scenario. */
test('an interrupted run fails no MUST that the whole run does not fail', async () => {
  const { checks } = await loadCatalogue();
  const results = recordedHistories().map((history) =>
    failuresByCut(history, checks, { by: ['signal'], stride: (events) => Math.ceil(events / 20) }),
  );
  expect(results.flatMap(({ failures }) => failures)).toEqual([]);
  expect(results.reduce((sum, { tried }) => sum + tried, 0)).toBeGreaterThan(2_000);
});
