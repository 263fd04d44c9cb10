import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The tokens are deleted when a new login begins, not when it has succeeded.',
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
