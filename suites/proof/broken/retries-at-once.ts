import { pause } from '../client/rotate.ts';
import type { Variant } from '../client/variant.ts';

export default {
  name: 'retries-at-once',
  bug: 'A 503 is answered with the same request at once.',
  client: 'public',
  behaviours: {
    pause: (outcome) => (outcome.kind === 'unavailable' ? 0 : pause(outcome)),
  },
  expect: { 'RES-01': 'warn', 'RES-02': 'warn' },
} satisfies Variant;
