import { disconnect } from '../client/logout.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The logout revokes the refresh token and forgets nothing.',
  behaviours: {
    disconnect: (parts) => disconnect({ ...parts, store: { ...parts.store, clear: () => undefined } }),
  },
  expect: { 'SES-03': 'warn', 'RACE-09': 'warn' },
} satisfies Variant;
