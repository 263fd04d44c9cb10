import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The logout forgets the tokens and leaves them alive at the server.',
  behaviours: {
    disconnect: ({ store }) => {
      store.clear();
      return Promise.resolve({ ok: true });
    },
  },
  expect: { 'SES-01': 'warn' },
} satisfies Variant;
