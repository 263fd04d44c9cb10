import { pause } from '../client/rotate.ts';
import type { Variant } from '../client/variant.ts';

export default {
  name: 'ignores-retry-after',
  bug: 'Retry-After is not read.',
  client: 'public',
  behaviours: {
    pause: (outcome) => (outcome.kind === 'unavailable' ? 150 : pause(outcome)),
  },
  expect: { 'RES-02': 'warn' },
} satisfies Variant;
