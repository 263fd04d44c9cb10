import { lost } from '../client/renewal.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The user is asked to connect again, and every call goes on sending the rejected refresh token.',
  behaviours: {
    onRejected: (_sent, error) => lost(error),
  },
  expect: { 'ERR-01': 'fail', 'ERR-02': 'fail', 'ERR-03': 'fail' },
} satisfies Variant;
