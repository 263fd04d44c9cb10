/** Breaks connections off on purpose. */
import type { Context } from 'koa';
import type { Exchange } from '../recorder/exchange.ts';
import { resetConnection } from '../http/reset-connection.ts';

/** Resets the connection (RST); not a byte of the answer was sent. */
export function reset(ctx: Context, exchange: Exchange): void {
  exchange.delivered = 'none';
  ctx.respond = false;
  resetConnection(ctx.req.socket);
}

/** Sends a status line and headers that promise all of the bytes, only the first of them, and closes the connection. */
export function cutOff(ctx: Context, exchange: Exchange, bytes: Buffer, sentBytes: number): Promise<void> {
  const { res } = ctx;
  exchange.delivered = 'cut';
  ctx.respond = false;
  res.statusCode = ctx.status;
  if (!res.hasHeader('content-type')) res.setHeader('Content-Type', 'application/json;charset=UTF-8');
  res.setHeader('Content-Length', bytes.length);
  return new Promise((resolve) => {
    res.once('close', () => {
      resolve();
    });
    // `end` on the socket flushes what was written and then closes; `destroy` would lose it.
    res.write(bytes.subarray(0, sentBytes), () => res.socket?.end(() => res.socket?.destroy()));
  });
}

/** Waits, but no longer than until the client has left. */
export function waitMs(ms: number, exchange: Exchange): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    void exchange.ended.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
