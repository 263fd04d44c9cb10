import { onGranted } from '../client/rotate.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'Every refresh prints its tokens to standard error.',
  behaviours: {
    onGranted: (sent, granted, parts) => {
      process.stderr.write(`refreshed: ${JSON.stringify(granted)}\n`);
      return onGranted(sent, granted, parts);
    },
  },
  expect: { 'HYG-04': 'warn' },
} satisfies Variant;
