import type { Variant } from '../client/variant.ts';

const EVERY = 4;
let calls = 0;

export default {
  bug: 'Every fourth call of a process is never answered.',
  behaviours: {
    actions: (actions) => ({
      ...actions,
      call: async (request, emit) => {
        calls += 1;
        return calls % EVERY === 0 ? new Promise<never>(() => undefined) : actions.call(request, emit);
      },
    }),
  },
  expect: { 'RACE-02': 'fail' },
} satisfies Variant;
