import { call } from '../client/call.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'One call is three API requests at once, each with the token that it finds; they share one refresh.',
  behaviours: {
    call: async (parts) => {
      const answers = await Promise.all([call(parts), call(parts), call(parts)]);
      return answers.find(({ ok }) => !ok) ?? answers[0];
    },
  },
  expect: {},
} satisfies Variant;
