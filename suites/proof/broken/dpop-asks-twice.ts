import { withDpop } from '../client/dpop.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'When a nonce is asked for the request is repeated without one first, and only then with it.',
  switches: { dpop: 'accepted' },
  behaviours: withDpop({ answers: (nonce) => [undefined, nonce] }),
  expect: { 'DPOP-03': 'warn' },
} satisfies Variant;
