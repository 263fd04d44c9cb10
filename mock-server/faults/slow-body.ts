/** Headers at once, then the body in eight pieces over `ms` (default 5,000). */

import { numberOf, type Fault } from './fault.ts';

export default {
  id: 'slow-body',
  title: 'The body of the answer trickles in',
  on: 'refresh',
  phase: 'after',
  change: (reply, _exchange, settings) => ({
    ...reply,
    delivery: { kind: 'trickle', ms: numberOf(settings, 'ms', 5_000) },
  }),
} satisfies Fault;
