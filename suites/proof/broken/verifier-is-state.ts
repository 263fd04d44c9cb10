import { verifier } from '../client/verifier.ts';
import type { Variant } from '../client/variant.ts';

export default {
  name: 'verifier-is-state',
  bug: 'The state doubles as verifier, so everybody who sees the URL knows it.',
  client: 'public',
  behaviours: { state: verifier, verifier: ({ state }) => state },
  expect: { 'PKCE-11': 'fail' },
} satisfies Variant;
