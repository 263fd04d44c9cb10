import { expect, test } from 'vitest';
import { scenarioHistory } from '../../../src/history/query.ts';
import { loadCatalogue } from '../../../src/run/catalogue.ts';
import { sampleEvents } from '../../../test-kit/sample-history.ts';
import { performedOperations } from '../../../suites/soak/performed.ts';
import { violations } from '../../../suites/soak/invariants.ts';
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

test('the mixture of operations breaks no invariant after whichever operation its time is over', () => {
  const soak = sampleEvents('compliant').filter(({ scenario }) => scenario === 'soak');
  const starts = soak.flatMap((event, at) => (event.kind === 'phase' && event.phase === 'op' ? [at] : []));
  const broken = starts.flatMap((start) => {
    const part = scenarioHistory('soak', soak.slice(0, start));
    return violations(part, performedOperations(part)).map(({ invariant, message }) => `${invariant}: ${message}`);
  });
  expect(broken).toEqual([]);
  expect(starts.length).toBeGreaterThan(100);
});
