import { authorizeQuery } from '../client/authorize-url.ts';
import { codeForm, refreshForm } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'Authorization and token requests carry parameters that Salesforce knows and that are not needed.',
  behaviours: {
    authorizeQuery: (login, pkce, env) => ({
      prompt: 'login consent',
      display: 'touch',
      login_hint: 'someone@example.com',
      ...authorizeQuery(login, pkce, env),
    }),
    codeForm: (login, code) => ({ format: 'json', device_id: 'd-1', ...codeForm(login, code) }),
    refreshForm: (tokens) => ({ format: 'json', ...refreshForm(tokens) }),
  },
  expect: {},
} satisfies Variant;
