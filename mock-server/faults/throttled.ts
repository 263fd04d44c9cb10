/** 429 with `Retry-After` (RFC 6585 §4, RFC 9110 §10.2.3). Setting: `seconds`, default 1. */
import { oauthError } from './fault-answer.ts';
import { numberOf, type Fault } from './fault.ts';

export default {
  id: 'throttled',
  title: '429 Too Many Requests with Retry-After',
  on: 'refresh',
  phase: 'before',
  reply: (_exchange, settings) =>
    oauthError(429, 'slow_down', 'too many requests', {
      'Retry-After': String(Math.ceil(numberOf(settings, 'seconds', 1, 3_600))),
    }),
} satisfies Fault;
