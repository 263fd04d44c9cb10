import { interpret } from '../client/outcome.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The answer that a refresh is already being processed is taken for a rejection.',
  behaviours: {
    interpret: (answer) => {
      const outcome = interpret(answer);
      return outcome.kind === 'busy' ? { kind: 'rejected', error: outcome.error } : outcome;
    },
  },
  expect: { 'RACE-04': 'warn' },
} satisfies Variant;
