import { interpret } from '../client/outcome.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'Every OAuth error but the lock deletes the tokens, a passing one too.',
  behaviours: {
    interpret: (answer) => {
      const outcome = interpret(answer);
      return outcome.kind === 'refused' ? { kind: 'rejected', error: outcome.error } : outcome;
    },
  },
  expect: { 'ERR-06': 'warn', 'ERR-08': 'warn', 'ERR-11': 'warn', 'IP-02': 'fail' },
} satisfies Variant;
