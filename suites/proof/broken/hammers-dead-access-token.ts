import { lost } from '../client/renewal.ts';
import type { Variant } from '../client/variant.ts';

export default {
  name: 'hammers-dead-access-token',
  bug: 'After the refresh token was rejected the client goes on calling the API with the dead access token.',
  client: 'public',
  behaviours: {
    onRejected: (presented, error, { store }) => {
      store.write({ ...presented, refreshToken: undefined });
      return lost(error);
    },
  },
  expect: { 'ERR-02': 'fail' },
} satisfies Variant;
