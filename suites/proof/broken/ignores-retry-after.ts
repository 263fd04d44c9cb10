import { pause } from '../client/rotate.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'Retry-After is not read.',
  behaviours: {
    pause: (outcome) => (outcome.kind === 'unavailable' ? 150 : pause(outcome)),
  },
  expect: { 'RES-02': 'warn' },
} satisfies Variant;
