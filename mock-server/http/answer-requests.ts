/** What happens to every request: it is recorded, answered, and its answer sent and recorded. */
import type { Middleware } from 'koa';
import type { Exchange } from '../recorder/exchange.ts';
import type { Recorder } from '../recorder/recorder.ts';
import type { Reply } from '../reply.ts';
import { afterPendingIo } from './after-pending-io.ts';
import { failureReply } from './failure.ts';
import { createWire, type Wire } from './wire.ts';

/** Answers a request. `decided` takes the answer as soon as it is decided, should it be held before it leaves. */
export type RequestHandler = (exchange: Exchange, decided: (reply: Reply) => void) => Promise<Reply> | Reply;

export interface AnswerOptions {
  readonly recorder: Recorder;
  readonly answer: RequestHandler;
  /** Receives every unexpected error. */
  readonly complain: (error: unknown) => void;
}

/** Returns the one middleware of the mock. Errors are reported to `complain` and answered with 500. */
export function answerRequests({ recorder, answer, complain }: AnswerOptions): Middleware {
  const send = async (reply: Reply, wire: Wire): Promise<void> => {
    // What has arrived by now is read before the answer leaves: a request that was there already did not come after it.
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
