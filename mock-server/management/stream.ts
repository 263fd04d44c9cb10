/** Answers with server-sent events (WHATWG HTML §9.2). */
import { PassThrough } from 'node:stream';
import type { Context } from 'koa';

/** One open answer. */
export interface EventStream {
  /** Sends an event. @param id what a reader sends back as `Last-Event-ID` */
  send(message: { readonly event?: string; readonly id?: number; readonly data: unknown }): void;
  /** Calls `listener` once, when the reader has disconnected or was dropped. */
  onClose(listener: () => void): void;
}

/** Interval of comments in milliseconds, which keep proxies from closing the connection as idle. */
const HEARTBEAT_MS = 15_000;
/** Most unread bytes of a reader; above, it is dropped and can resume by its last id. */
const MOST_WAITING_BYTES = 4 * 1024 * 1024;
/** Milliseconds after which a browser reconnects. */
const RETRY_MS = 1_000;

/** Answers a request with a stream that stays open. */
export function openStream(ctx: Context): EventStream {
  const out = new PassThrough();
  ctx.set({ 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' });
  ctx.status = 200;
  ctx.body = out;
  ctx.req.socket.setNoDelay(true);
  const write = (text: string): void => {
    if (out.destroyed) return;
    if (out.writableLength + out.readableLength > MOST_WAITING_BYTES) out.destroy();
    else out.write(text);
  };
  write(`retry: ${String(RETRY_MS)}\n\n`);
  const heart = setInterval(() => {
    write(':\n\n');
  }, HEARTBEAT_MS);
  heart.unref();
  out.on('error', () => undefined);
  out.on('close', () => {
    clearInterval(heart);
  });
  ctx.res.on('close', () => out.destroy());
  return {
    send({ event, id, data }) {
      // JSON contains no raw line break, so one `data` line is enough.
      const name = event === undefined ? '' : `event: ${event}\n`;
      write(`${id === undefined ? '' : `id: ${String(id)}\n`}${name}data: ${JSON.stringify(data)}\n\n`);
    },
    onClose: (listener) => out.on('close', listener),
  };
}
