import { pause } from '../client/rotate.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A refresh that fails for now is reported at once; the next call tries again.',
  behaviours: {
    pause: (outcome) => (outcome.kind === 'unavailable' ? undefined : pause(outcome)),
  },
  expect: {},
} satisfies Variant;
