/** 429 with `Retry-After` (RFC 6585 §4, RFC 9110 §10.2.3). Setting: `seconds`, default 1. */
import { oauthError } from './fault-answer.ts';
import { numberOf, type Fault } from './fault.ts';

export default {
  id: 'throttled',
  title: '429 Too Many Requests with Retry-After',
  on: 'refresh',
  phase: 'before',
  apply(ctx, _exchange, settings) {
    ctx.set('Retry-After', String(Math.ceil(numberOf(settings, 'seconds', 1, 3_600))));
    oauthError(ctx, 429, 'slow_down', 'too many requests');
  },
} satisfies Fault;
