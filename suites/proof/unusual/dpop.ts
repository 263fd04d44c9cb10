import { withDpop } from '../client/dpop.ts';
import type { Variant } from '../client/variant.ts';

export default {
  name: 'dpop',
  bug: 'Its tokens are bound to a key, which it keeps beside them (RFC 9449).',
  client: 'public',
  switches: { dpop: 'accepted' },
  behaviours: withDpop(),
  expect: {},
} satisfies Variant;
