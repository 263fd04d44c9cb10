import type { Variant } from '../client/variant.ts';

export default {
  name: 'dies-on-refresh',
  bug: 'The process ends when a refresh has been answered.',
  client: 'public',
  behaviours: { onGranted: () => process.exit(1) },
  expect: { 'RTR-03': 'fail' },
} satisfies Variant;
