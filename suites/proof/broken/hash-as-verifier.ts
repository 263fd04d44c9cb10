import { challenge } from '../client/challenge.ts';
import { codeForm } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The token request carries the challenge in the place of the verifier.',
  behaviours: {
    codeForm: (login, code) => ({
      ...codeForm(login, code),
      code_verifier: challenge(login.verifier)['code_challenge'] ?? '',
    }),
  },
  expect: { 'PKCE-07': 'fail', 'PKCE-08': 'fail', 'CA-10': 'inconclusive' },
} satisfies Variant;
