import { failed } from '../client/renewal.ts';
import type { Variant } from '../client/variant.ts';

export default {
  name: 'retries-rejected-token',
  bug: 'A rejected refresh token is kept and sent again with every call, without a word to the user.',
  client: 'public',
  behaviours: {
    onRejected: (_sent, error) => failed(error),
  },
  expect: { 'ERR-01': 'fail', 'ERR-02': 'fail', 'ERR-03': 'fail' },
} satisfies Variant;
