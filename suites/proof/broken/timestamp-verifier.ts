import { createHash } from 'node:crypto';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The verifier is the present time and the client id, no secret at all.',
  behaviours: {
    verifier: ({ env }) => `${String(Date.now())}-${createHash('sha256').update(env.clientId).digest('base64url')}`,
  },
  expect: { 'PKCE-10': 'fail' },
} satisfies Variant;
