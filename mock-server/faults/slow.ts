/** The answer is ready and comes late. Setting: `ms`, default 5,000. */

import { numberOf, type Fault } from './fault.ts';

export default {
  id: 'slow',
  title: 'The answer comes late',
  on: 'refresh',
  phase: 'after',
  change: (reply, _exchange, settings) => ({
    ...reply,
    delivery: { kind: 'late', ms: numberOf(settings, 'ms', 5_000) },
  }),
} satisfies Fault;
