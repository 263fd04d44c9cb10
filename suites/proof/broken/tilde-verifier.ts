import { verifier } from '../client/verifier.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The verifier holds a tilde, which RFC 7636 allows and Salesforce is reported to refuse.',
  behaviours: { verifier: () => `${verifier()}~` },
  expect: { 'PKCE-12': 'warn' },
} satisfies Variant;
