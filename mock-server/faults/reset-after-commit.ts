/** The connection is reset after the request was carried out: the answer is lost. */

import type { Fault } from './fault.ts';

export default {
  id: 'reset-after-commit',
  title: 'Connection reset after the work was done',
  on: 'refresh',
  phase: 'after',
  change: (reply) => ({ ...reply, delivery: { kind: 'reset' } }),
} satisfies Fault;
