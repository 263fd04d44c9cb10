/** 200 with an object that has no access_token (RFC 6749 §5.1 requires one); nothing is committed. */
import { steadyNow } from '../clock.ts';
import { json } from '../reply.ts';
import type { Fault } from './fault.ts';

export default {
  id: 'success-without-token',
  title: '200 without an access_token',
  on: 'refresh',
  phase: 'before',
  reply: () =>
    json(
      200,
      { token_type: 'Bearer', issued_at: String(steadyNow()) },
      { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' },
    ),
} satisfies Fault;
