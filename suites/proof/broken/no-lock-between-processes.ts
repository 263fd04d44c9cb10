import { noLock } from '../client/unguarded.ts';
import type { Variant } from '../client/variant.ts';

export default {
  name: 'no-lock-between-processes',
  bug: 'Processes share the store and refresh without knowing of each other.',
  client: 'public',
  sharedStore: true,
  behaviours: { createLock: noLock },
  expect: { 'RACE-06': 'fail' },
} satisfies Variant;
