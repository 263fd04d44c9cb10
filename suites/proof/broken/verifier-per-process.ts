import { verifier } from '../client/verifier.ts';
import type { Variant } from '../client/variant.ts';

const once = verifier();

export default {
  name: 'verifier-per-process',
  bug: 'One random verifier serves every login of a process, as one long-lived OAuth2 object does.',
  client: 'public',
  behaviours: { verifier: () => once },
  expect: { 'PKCE-09': 'warn' },
} satisfies Variant;
