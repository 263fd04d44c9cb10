/** The connection is reset before the request is looked at. */

import type { Fault } from './fault.ts';

export default {
  id: 'reset-before-commit',
  title: 'Connection reset, nothing committed',
  on: 'refresh',
  phase: 'before',
  reply: () => ({ status: 0, headers: {}, delivery: { kind: 'reset' } }),
} satisfies Fault;
