import { randomBytes } from 'node:crypto';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The verifier holds characters that are not unreserved.',
  behaviours: { verifier: () => `+/${randomBytes(36).toString('base64')}` },
  expect: { 'PKCE-06': 'fail', 'CA-10': 'inconclusive' },
} satisfies Variant;
