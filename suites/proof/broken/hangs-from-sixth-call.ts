import type { Variant } from '../client/variant.ts';

const FIRST = 6;
let calls = 0;

export default {
  bug: 'From its sixth call on a process answers no more calls, as when a pool of connections has run dry.',
  behaviours: {
    actions: (actions) => ({
      ...actions,
      call: async (request, emit) => {
        calls += 1;
        return calls < FIRST ? actions.call(request, emit) : new Promise<never>(() => undefined);
      },
    }),
  },
  expect: { 'RACE-02': 'fail' },
} satisfies Variant;
