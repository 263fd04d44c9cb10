import { verifier } from '../client/verifier.ts';
import type { Variant } from '../client/variant.ts';

const once = verifier();

export default {
  bug: 'One random verifier serves every login of a process, as one long-lived OAuth2 object does.',
  behaviours: { verifier: () => once },
  expect: { 'PKCE-09': 'warn' },
} satisfies Variant;
