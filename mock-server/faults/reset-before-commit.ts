/** The connection is reset before the request is looked at. */
import type { Fault } from './fault.ts';
import { reset } from './lost-connection.ts';

export default {
  id: 'reset-before-commit',
  title: 'Connection reset, nothing committed',
  on: 'refresh',
  phase: 'before',
  apply(ctx, exchange) {
    reset(ctx, exchange);
  },
} satisfies Fault;
