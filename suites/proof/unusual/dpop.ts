import { withDpop } from '../client/dpop.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'Its tokens are bound to a key, which it keeps beside them (RFC 9449).',
  switches: { dpop: 'accepted' },
  behaviours: withDpop(),
  expect: {},
} satisfies Variant;
