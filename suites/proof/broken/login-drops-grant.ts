import type { Variant } from '../client/variant.ts';

export default {
  name: 'login-drops-grant',
  bug: 'The tokens are deleted when a new login begins, not when it has succeeded.',
  client: 'public',
  behaviours: {
    actions: (actions, parts) => ({
      ...actions,
      authorize: (request, emit) => {
        parts.store.clear();
        return actions.authorize(request, emit);
      },
    }),
  },
  expect: { 'SES-07': 'warn' },
} satisfies Variant;
