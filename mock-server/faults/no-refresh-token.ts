/** 200 without a refresh_token, which means that the old one stays good (RFC 6749 §6). The mock must not rotate: `exchange.rotate` is false. */
import { amend } from './fault-answer.ts';
import type { Fault } from './fault.ts';

export default {
  id: 'no-refresh-token',
  title: '200 without a refresh_token',
  on: 'refresh',
  phase: 'after',
  prepare(exchange) {
    exchange.rotate = false;
  },
  apply(ctx, exchange) {
    amend(ctx, { refresh_token: undefined });
    if (!exchange.issued) return;
    const { refreshToken: _dropped, ...issued } = exchange.issued;
    exchange.issued = issued;
  },
} satisfies Fault;
