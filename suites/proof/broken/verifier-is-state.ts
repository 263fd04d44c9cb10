import { verifier } from '../client/verifier.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The state doubles as verifier, so everybody who sees the URL knows it.',
  behaviours: { state: verifier, verifier: ({ state }) => state },
  expect: { 'PKCE-11': 'fail' },
} satisfies Variant;
