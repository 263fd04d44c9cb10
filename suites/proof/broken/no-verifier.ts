import { codeForm } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

export default {
  name: 'no-verifier',
  bug: 'The token request carries no code_verifier.',
  client: 'public',
  behaviours: {
    codeForm: (login, code) => {
      const { code_verifier: _, ...form } = codeForm(login, code);
      return form;
    },
  },
  expect: { 'PKCE-04': 'fail' },
} satisfies Variant;
