import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The process ends when a refresh has been answered.',
  behaviours: { onGranted: () => process.exit(1) },
  expect: { 'RTR-03': 'fail' },
} satisfies Variant;
