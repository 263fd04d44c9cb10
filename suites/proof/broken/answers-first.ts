import type { Variant } from '../client/variant.ts';

export default {
  bug: 'It reports each call as soon as the call is in its queue, and makes it afterwards.',
  behaviours: {
    actions: (actions) => ({
      ...actions,
      call: (request, emit) => {
        setImmediate(() => void actions.call(request, emit));
        return Promise.resolve({ ok: true });
      },
    }),
  },
  expect: {
    'IP-02': 'fail',
    'RACE-09': 'warn',
    'ERR-06': 'warn',
    'ERR-07': 'warn',
    'ERR-08': 'warn',
    'ERR-09': 'warn',
    'ERR-11': 'warn',
    'RES-05': 'warn',
    'SES-03': 'warn',
  },
} satisfies Variant;
