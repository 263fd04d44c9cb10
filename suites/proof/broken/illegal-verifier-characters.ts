import { randomBytes } from 'node:crypto';
import type { Variant } from '../client/variant.ts';

export default {
  name: 'illegal-verifier-characters',
  bug: 'The verifier holds characters that are not unreserved.',
  client: 'public',
  behaviours: { verifier: () => `+/${randomBytes(36).toString('base64')}` },
  expect: { 'PKCE-06': 'fail', 'CA-10': 'inconclusive' },
} satisfies Variant;
