import type { Variant } from '../client/variant.ts';
import { failure } from '../client/actions.ts';

let busy = false;

export default {
  bug: 'A second login is refused while the first is open.',
  behaviours: {
    actions: (actions) => ({
      ...actions,
      authorize: async (request, emit) => {
        if (busy) return failure('a login is under way');
        busy = true;
        try {
          return await actions.authorize(request, emit);
        } finally {
          busy = false;
        }
      },
    }),
  },
  expect: {},
} satisfies Variant;
