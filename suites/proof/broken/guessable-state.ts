import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The state is the clock: another one for each login, and no secret.',
  behaviours: { state: () => `s${process.hrtime.bigint().toString()}` },
  expect: { 'AZ-03': 'warn' },
} satisfies Variant;
