import { newKey, withDpop } from '../client/dpop.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The DPoP key lives in memory: after a restart the stored tokens are sent with another one.',
  switches: { dpop: 'accepted' },
  behaviours: withDpop({ loadKey: newKey }),
  expect: { 'DPOP-02': 'warn', 'SES-07': 'warn', 'MIX-01': 'warn' },
} satisfies Variant;
