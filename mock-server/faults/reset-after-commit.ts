/** The connection is reset after the request was carried out: the answer is lost. */
import type { Fault } from './fault.ts';
import { reset } from './lost-connection.ts';

export default {
  id: 'reset-after-commit',
  title: 'Connection reset after the work was done',
  on: 'refresh',
  phase: 'after',
  apply(ctx, exchange) {
    reset(ctx, exchange);
  },
} satisfies Fault;
