/** 200 with an object that has no access_token (RFC 6749 §5.1 requires one); nothing is committed. */
import { steadyNow } from '../clock.ts';
import type { Fault } from './fault.ts';

export default {
  id: 'success-without-token',
  title: '200 without an access_token',
  on: 'refresh',
  phase: 'before',
  apply(ctx) {
    ctx.status = 200;
    ctx.set('Cache-Control', 'no-store');
    ctx.body = { token_type: 'Bearer', issued_at: String(steadyNow()) };
  },
} satisfies Fault;
