import { noLock } from '../client/unguarded.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'Processes share the store and refresh without knowing of each other.',
  sharedStore: true,
  behaviours: { createLock: noLock },
  expect: { 'RACE-06': 'fail' },
} satisfies Variant;
