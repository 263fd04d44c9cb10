import { exchange } from '../client/http.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'Every request opens a connection of its own.',
  behaviours: { send: (request) => exchange(request, { agent: false, headers: { connection: 'close' } }) },
  expect: {},
} satisfies Variant;
