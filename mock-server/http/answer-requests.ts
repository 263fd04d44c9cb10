/** Handles every request: records it, answers it, sends the answer and records that. */
import type { Middleware } from 'koa';
import type { Exchange } from '../recorder/exchange.ts';
import type { Recorder } from '../recorder/recorder.ts';
import type { Reply } from '../reply.ts';
import { afterPendingIo } from './after-pending-io.ts';
import { failureReply } from './failure.ts';
import { createWire, type Wire } from './wire.ts';

/** Answers a request. `decided` takes the answer as soon as it is decided, in case it is held before it is sent. */
export type RequestHandler = (exchange: Exchange, decided: (reply: Reply) => void) => Promise<Reply> | Reply;

/** Options of `answerRequests`. */
export interface AnswerOptions {
  readonly recorder: Recorder;
  readonly answer: RequestHandler;
  /** Receives every unexpected error. */
  readonly complain: (error: unknown) => void;
}

/** Returns the only middleware of the mock. Errors are reported to `complain` and answered with 500. */
export function answerRequests({ recorder, answer, complain }: AnswerOptions): Middleware {
  const send = async (reply: Reply, wire: Wire): Promise<void> => {
    // Everything that has arrived is read before the answer is sent, so that it is not recorded as later.
    await afterPendingIo();
    await wire.send(reply);
  };
  return async (ctx) => {
    ctx.respond = false;
    const wire = createWire(ctx.res);
    try {
      const received = await recorder.receive(ctx, wire);
      if (received === undefined) return;
      const { exchange, refusal, decided, leaving } = received;
      let reply: Reply;
      try {
        reply = refusal ?? (await answer(exchange, decided));
      } catch (error) {
        complain(error);
        reply = failureReply(exchange.path);
      }
      leaving(reply);
      await send(reply, wire);
    } catch (error) {
      complain(error);
      if (!wire.begun) await send(failureReply(ctx.path), wire);
    }
  };
}
