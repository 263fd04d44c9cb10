import { pause } from '../client/rotate.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A refresh that failed is sent again at once, whatever became of the first.',
  behaviours: {
    pause: (outcome) => (outcome.kind === 'unavailable' ? 0 : pause(outcome)),
  },
  expect: { 'RES-01': 'warn', 'RES-02': 'warn', 'RES-05': 'warn', 'RES-06': 'warn', 'RES-07': 'warn' },
} satisfies Variant;
