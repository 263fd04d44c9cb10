import { expect, test } from 'vitest';
import { grade } from '../../../src/grade/grade.ts';
import { loadRuleCatalogue } from '../../../src/run/catalogue.ts';
import { recordedHistories } from './histories.ts';
import { wrongNumbers } from './message-numbers.ts';

const catalogue = await loadRuleCatalogue('sf-partner-2026-05');

test('every number in every message of the recordings is what the cited evidence shows', () => {
  let read = 0;
  const wrong = recordedHistories().flatMap(({ name, events }) => {
    const [begin] = events;
    if (begin?.kind !== 'run-begin') throw new TypeError('A history begins with a run-begin event.');
    const scenarios = Map.groupBy(events, ({ scenario }) => scenario);
    return grade(events, catalogue).checks.flatMap(({ id, scenarios: verdicts }) =>
      verdicts.flatMap((verdict) => {
        if (/\d/u.test(verdict.message ?? '')) read += 1;
        const scenario = scenarios.get(verdict.id) ?? [];
        return wrongNumbers({ verdict, scenario, run: begin.run, app: begin.app }).map(
          (what) => `${name}, ${id} in ${verdict.id}: ${what}: ${verdict.message ?? ''}`,
        );
      }),
    );
  });
  expect(wrong).toEqual([]);
  expect(read).toBeGreaterThan(1_000);
});
