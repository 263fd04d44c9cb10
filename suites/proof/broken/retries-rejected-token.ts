import { failed } from '../client/renewal.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A rejected refresh token is kept and sent again with every call, without a word to the user.',
  behaviours: {
    onRejected: (_sent, error) => failed(error),
  },
  expect: { 'ERR-01': 'fail', 'ERR-02': 'fail', 'ERR-03': 'fail' },
} satisfies Variant;
