import { rotate } from '../client/rotate.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A 401 that comes after a refresh starts another one, though the token has been replaced already.',
  behaviours: {
    rotate: (stale, parts) => rotate(parts.store.read() ?? stale, parts),
  },
  expect: { 'RACE-07': 'warn' },
} satisfies Variant;
