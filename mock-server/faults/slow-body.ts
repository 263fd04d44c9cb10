/** Headers at once, then the body in eight pieces over `ms` (default 5,000). */
import { Readable } from 'node:stream';
import { bytesOf } from './fault-answer.ts';
import { numberOf, type Fault } from './fault.ts';
import { waitMs } from './lost-connection.ts';

const PIECES = 8;

export default {
  id: 'slow-body',
  title: 'The body of the answer trickles in',
  on: 'refresh',
  phase: 'after',
  apply(ctx, exchange, settings) {
    const bytes = bytesOf(ctx);
    const pauseMs = numberOf(settings, 'ms', 5_000) / PIECES;
    const size = Math.max(1, Math.ceil(bytes.length / PIECES));
    if (!ctx.response.get('Content-Type')) ctx.type = 'json';
    ctx.body = Readable.from(
      (async function* () {
        for (let at = 0; at < bytes.length; at += size) {
          await waitMs(pauseMs, exchange);
          yield bytes.subarray(at, at + size);
        }
      })(),
    );
    ctx.length = bytes.length;
  },
} satisfies Fault;
