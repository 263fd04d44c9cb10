import { rotate } from '../client/rotate.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A caller that read the store before the refresh sends the old refresh token after it.',
  behaviours: {
    rotate: (stale, parts) => rotate(stale, { ...parts, store: { ...parts.store, read: () => stale } }),
  },
  expect: { 'RACE-07': 'warn', 'RACE-10': 'warn', 'RACE-14': 'fail' },
} satisfies Variant;
