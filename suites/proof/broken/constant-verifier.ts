import type { Variant } from '../client/variant.ts';

export default {
  bug: 'Every login uses the verifier that is in the source.',
  behaviours: { verifier: () => 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk' },
  expect: { 'PKCE-09': 'warn' },
} satisfies Variant;
