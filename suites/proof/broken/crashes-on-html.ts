import { interpret } from '../client/outcome.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'An answer that is no JSON ends the process.',
  behaviours: {
    interpret: (answer) => {
      if (!answer.text.startsWith('{')) process.exit(7);
      return interpret(answer);
    },
  },
  expect: { 'ERR-07': 'warn' },
} satisfies Variant;
