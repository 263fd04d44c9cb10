import { expect, it } from 'vitest';
import { countWorkers } from './worker-count.ts';

const GIB = 1024 ** 3;
const request = { wanted: 'auto', scenarios: 60, oneAtATime: undefined } as const;

it.each([
  ['one for each core', request, { cores: 4, freeBytes: 8 * GIB }, 4],
  ['no more than memory allows', request, { cores: 8, freeBytes: GIB }, 3],
  ['one at the least', request, { cores: 1, freeBytes: 0 }, 1],
  ['no more than there are scenarios', { ...request, scenarios: 2 }, { cores: 8, freeBytes: 8 * GIB }, 2],
  ['the number that was asked for', { ...request, wanted: 6 }, { cores: 2, freeBytes: GIB }, 6],
  [
    'one where the driver allows no more',
    { ...request, wanted: 6, oneAtATime: 'one application' },
    { cores: 8, freeBytes: 8 * GIB },
    1,
  ],
] as const)('starts %s', (_, wanted, machine, count) => {
  expect(countWorkers(wanted, machine)).toBe(count);
});
