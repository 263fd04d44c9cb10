import { interpret } from '../client/outcome.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A 503 of the token endpoint deletes the tokens and asks for a login.',
  behaviours: {
    interpret: (answer) => {
      const outcome = interpret(answer);
      return outcome.kind === 'unavailable' ? { kind: 'rejected', error: outcome.error } : outcome;
    },
  },
  expect: { 'ERR-05': 'warn' },
} satisfies Variant;
