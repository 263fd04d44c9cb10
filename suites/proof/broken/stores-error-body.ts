import { interpret } from '../client/outcome.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'Whatever comes with status 200 is stored as tokens.',
  behaviours: {
    interpret: (answer) => {
      const outcome = interpret(answer);
      if (answer.status !== 200 || outcome.kind === 'granted') return outcome;
      return {
        kind: 'granted',
        granted: { accessToken: 'undefined', refreshToken: 'undefined', instanceUrl: undefined },
      };
    },
  },
  expect: { 'ERR-08': 'warn' },
} satisfies Variant;
