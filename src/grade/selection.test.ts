import { expect, test } from 'vitest';
import { isSelected } from './selection.ts';

const check = { id: 'RACE-01', suite: 'races', scenarios: ['herd', 'late-401'] };

test('everything is selected where nothing was asked for', () => {
  expect(isSelected(check, {})).toBe(true);
});

test('by suite', () => {
  expect(isSelected(check, { suites: ['pkce', 'races'] })).toBe(true);
  expect(isSelected(check, { suites: ['pkce'] })).toBe(false);
});

test('by a pattern that fits its id or one of its scenarios, in any case of letters', () => {
  for (const grep of ['RACE', 'race-0[12]', '^late', 'HERD', '401$']) expect(isSelected(check, { grep })).toBe(true);
  for (const grep of ['RTR', '^401', 'races']) expect(isSelected(check, { grep })).toBe(false);
  expect(isSelected({ ...check, id: 'RTR-01' }, { grep: 'RACE' })).toBe(false);
});

test('by the scenarios that are run: one of its own is enough', () => {
  expect(isSelected(check, { scenarios: ['login', 'late-401'] })).toBe(true);
  expect(isSelected(check, { scenarios: ['login'] })).toBe(false);
  expect(isSelected(check, { scenarios: [] })).toBe(false);
});

test('several filters select what fits all of them', () => {
  expect(isSelected(check, { suites: ['races'], grep: 'herd', scenarios: ['herd'] })).toBe(true);
  expect(isSelected(check, { suites: ['races'], grep: 'RTR', scenarios: ['herd'] })).toBe(false);
  expect(isSelected(check, { suites: ['rtr'], grep: 'herd', scenarios: ['herd'] })).toBe(false);
  expect(isSelected(check, { suites: ['races'], grep: 'herd', scenarios: ['login'] })).toBe(false);
});
