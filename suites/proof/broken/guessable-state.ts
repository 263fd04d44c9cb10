import type { Variant } from '../client/variant.ts';

export default {
  name: 'guessable-state',
  bug: 'The state is the clock: another one for each login, and no secret.',
  client: 'public',
  behaviours: { state: () => `s${process.hrtime.bigint().toString()}` },
  expect: { 'AZ-03': 'warn' },
} satisfies Variant;
