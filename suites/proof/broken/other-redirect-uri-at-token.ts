import { codeForm } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The token request names another redirect URI than the authorization request.',
  behaviours: {
    codeForm: (login, code) => ({ ...codeForm(login, code), redirect_uri: `${login.redirectUri}/done` }),
  },
  expect: { 'CODE-02': 'warn' },
} satisfies Variant;
