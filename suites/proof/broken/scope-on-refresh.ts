import { refreshForm } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The refresh carries a scope, which Salesforce refuses.',
  behaviours: {
    refreshForm: (tokens, env) => ({ ...refreshForm(tokens), scope: env.scopes }),
  },
  expect: { 'RTR-15': 'warn' },
} satisfies Variant;
