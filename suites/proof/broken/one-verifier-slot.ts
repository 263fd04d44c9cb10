import { codeForm } from '../client/token-request.ts';
import { verifier } from '../client/verifier.ts';
import type { Variant } from '../client/variant.ts';

let slot = '';

export default {
  bug: 'There is one place for the verifier, and a second login overwrites it.',
  behaviours: {
    verifier: () => (slot = verifier()),
    codeForm: (login, code) => ({ ...codeForm(login, code), code_verifier: slot }),
  },
  expect: { 'PKCE-14': 'fail' },
} satisfies Variant;
