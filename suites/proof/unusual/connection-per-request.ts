import { exchange } from '../client/http.ts';
import type { Variant } from '../client/variant.ts';

export default {
  name: 'connection-per-request',
  bug: 'Every request opens a connection of its own.',
  client: 'public',
  behaviours: { send: (request) => exchange(request, { agent: false, headers: { connection: 'close' } }) },
  expect: {},
} satisfies Variant;
