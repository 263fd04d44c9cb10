import { flightForOne } from '../client/unguarded.ts';
import type { Variant } from '../client/variant.ts';
import { wrapActions } from '../client/actions.ts';

export default {
  bug: 'Of several callers only the one that refreshes repeats its call, and every action is answered as a success.',
  behaviours: {
    createFlight: flightForOne,
    actions: (actions) =>
      wrapActions(actions, (action) => async (request, emit) => {
        await action(request, emit);
        return { ok: true, connected: true };
      }),
  },
  expect: {
    'RACE-02': 'fail',
    'ERR-01': 'fail',
    'ERR-02': 'fail',
    'PKCE-15': 'warn',
    'CA-11': 'warn',
    'AZ-07': 'warn',
    'CODE-04': 'warn',
    'RACE-09': 'warn',
    'ERR-06': 'warn',
    'ERR-11': 'warn',
    'IP-02': 'fail',
    'ERR-07': 'warn',
    'ERR-08': 'warn',
    'ERR-09': 'warn',
    'SES-03': 'warn',
  },
} satisfies Variant;
