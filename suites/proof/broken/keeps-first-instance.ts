import { merge } from '../client/tokens.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The instance URL of a refresh answer is ignored.',
  behaviours: {
    merge: (before, granted, loginUrl) => {
      const tokens = merge(before, granted, loginUrl);
      return { ...tokens, instanceUrl: before?.instanceUrl ?? tokens.instanceUrl };
    },
  },
  expect: { 'RTR-13': 'warn' },
} satisfies Variant;
