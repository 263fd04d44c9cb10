import { onGranted } from '../client/rotate.ts';
import type { Variant } from '../client/variant.ts';

export default {
  name: 'prints-tokens',
  bug: 'Every refresh prints its tokens to standard error.',
  client: 'public',
  behaviours: {
    onGranted: (presented, granted, parts) => {
      process.stderr.write(`refreshed: ${JSON.stringify(granted)}\n`);
      return onGranted(presented, granted, parts);
    },
  },
  expect: { 'HYG-04': 'warn' },
} satisfies Variant;
