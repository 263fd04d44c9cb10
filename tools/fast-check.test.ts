import fc from 'fast-check';
import { expect, test } from 'vitest';

test('properties are tried with the same inputs every time', () => {
  expect(fc.readConfigureGlobal()).toMatchObject({ seed: Number(process.env['FAST_CHECK_SEED'] ?? 20261123) });
});
