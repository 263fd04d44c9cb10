import { codeForm } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A confidential client relies on its secret and sends no code_verifier.',
  client: 'confidential',
  behaviours: {
    codeForm: (login, code) => {
      const { code_verifier: _, ...form } = codeForm(login, code);
      return form;
    },
  },
  expect: {
    'CA-05': 'fail',
    'PKCE-04': 'fail',
    'PKCE-05': 'inconclusive',
    'PKCE-06': 'inconclusive',
    'PKCE-07': 'inconclusive',
    'PKCE-08': 'inconclusive',
    'PKCE-10': 'inconclusive',
    'PKCE-11': 'inconclusive',
    'PKCE-12': 'inconclusive',
  },
} satisfies Variant;
