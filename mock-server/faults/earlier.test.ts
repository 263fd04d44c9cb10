import { expect, test } from 'vitest';
import type { Event } from '../../src/history/event.ts';
import { faultsOf, type FaultEntry } from './earlier.ts';
import { createFaults } from './faults.ts';

test('what is armed goes on elsewhere, for as often as is left', () => {
  const entries: FaultEntry[] = [];
  const record = (body: object) => body as Event;
  const faults = createFaults({ record, remember: (entry) => entries.push(entry) });
  faults.inject({ fault: 'service-unavailable', times: Infinity });
  faults.inject({ fault: 'slow', times: 2, with: { ms: 7 } });
  faults.inject({ fault: 'html-error' }).disarm();
  faults.inject({ fault: 'empty-body' });
  // As they are after a journey through JSON.
  const told = JSON.parse(JSON.stringify([...entries, ['struck', 2, 1], ['struck', 4, 2]])) as FaultEntry[];
  const earlier = faultsOf([...told, ['prepared', 2, 3], ['prepared', 2, 4]], (exchange) =>
    exchange === 3 ? Promise.resolve() : undefined,
  );
  expect(earlier.map(({ number, options, fired, disarmed }) => [number, options.times, fired, disarmed])).toEqual([
    [1, Infinity, 0, false],
    [2, 2, 1, false],
    [3, 1, 0, true],
    [4, 1, 1, false],
  ]);
  expect(earlier[1]?.options.with).toEqual({ ms: 7 });
  expect([...(earlier[1]?.prepared.keys() ?? [])]).toEqual([3]);
  const after: FaultEntry[] = [];
  const next = createFaults({ record, earlier, remember: (entry) => after.push(entry) });
  expect(next.armed().map(({ id, fired }) => [id, fired])).toEqual([
    ['service-unavailable', 0],
    ['slow', 1],
  ]);
  expect(after).toEqual([]);
  next.inject({ fault: 'busy' });
  next.reset();
  expect(after.map(([kind, number]) => [kind, number])).toEqual([
    ['fault', 5],
    ['disarmed', 1],
    ['disarmed', 2],
    ['disarmed', 5],
  ]);
});
