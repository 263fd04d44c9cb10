import { refreshForm } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

export default {
  name: 'scope-on-refresh',
  bug: 'The refresh carries a scope, which Salesforce refuses.',
  client: 'public',
  behaviours: {
    refreshForm: (tokens, env) => ({ ...refreshForm(tokens), scope: env.scopes }),
  },
  expect: { 'RTR-15': 'warn' },
} satisfies Variant;
