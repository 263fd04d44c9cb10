import { failed } from '../client/renewal.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The client has a refresh token and never uses it; expired sessions stay expired.',
  behaviours: { renew: () => Promise.resolve(failed('the session has ended')) },
  expect: { 'RTR-01': 'fail' },
} satisfies Variant;
