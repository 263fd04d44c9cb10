import { codeForm } from '../client/token-request.ts';
import { verifier } from '../client/verifier.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The token request carries a new verifier instead of the one that the challenge came from.',
  behaviours: { codeForm: (login, code) => ({ ...codeForm(login, code), code_verifier: verifier() }) },
  expect: { 'PKCE-07': 'fail', 'CA-10': 'inconclusive' },
} satisfies Variant;
