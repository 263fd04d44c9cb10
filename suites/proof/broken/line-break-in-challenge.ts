import { challenge } from '../client/challenge.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The challenge is the hash of the verifier and a line break, as `echo "$verifier" | sha256sum` makes it.',
  behaviours: { challenge: (verifier) => challenge(`${verifier}\n`) },
  expect: { 'PKCE-07': 'fail', 'CA-10': 'inconclusive' },
} satisfies Variant;
