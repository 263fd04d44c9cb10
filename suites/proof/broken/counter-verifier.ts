import { verifier } from '../client/verifier.ts';
import type { Variant } from '../client/variant.ts';

const base = verifier();

export default {
  bug: 'The verifier is a fixed text and a counter.',
  behaviours: { verifier: ({ n }) => `${base}${String(n).padStart(6, '0')}` },
  expect: { 'PKCE-10': 'fail' },
} satisfies Variant;
