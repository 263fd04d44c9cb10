import { interpret } from '../client/outcome.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'Every invalid_grant but the lock deletes the tokens, whatever its description says.',
  behaviours: {
    interpret: (answer) => {
      const outcome = interpret(answer);
      return outcome.kind === 'refused' && outcome.error.startsWith('invalid_grant')
        ? { kind: 'rejected', error: outcome.error }
        : outcome;
    },
  },
  expect: { 'ERR-11': 'warn', 'IP-02': 'fail' },
} satisfies Variant;
