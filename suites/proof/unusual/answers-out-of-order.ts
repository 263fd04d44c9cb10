import { setTimeout as sleep } from 'node:timers/promises';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'Calls that came later are answered earlier.',
  behaviours: {
    actions: (actions) => {
      let open = 0;
      return {
        ...actions,
        call: async (request, emit) => {
          open += 1;
          const turn = open;
          const answer = await actions.call(request, emit);
          await sleep(10 * Math.max(0, open - turn));
          open -= 1;
          return answer;
        },
      };
    },
  },
  expect: {},
} satisfies Variant;
