/** A status and nothing else. Setting: `status`, default 400. */
import { numberOf, type Fault } from './fault.ts';

export default {
  id: 'empty-body',
  title: 'An answer with an empty body',
  on: 'refresh',
  phase: 'before',
  apply(ctx, _exchange, settings) {
    ctx.status = numberOf(settings, 'status', 400, 599);
    ctx.type = 'application/json';
    ctx.body = '';
  },
} satisfies Fault;
