/** What a client is told when the mock itself cannot go on: an answer in the platform's shapes, never a bare one. */
import type { Middleware } from 'koa';
import { HarnessError } from '../../src/errors.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { AWAY, refusalBody, type Refusal } from '../tenants/refuse.ts';

const BROKEN: Refusal = { status: 500, errorCode: 'UNKNOWN_EXCEPTION', message: 'An unexpected error occurred.' };

/** The shared store did not answer in time: it may be back for the next request. */
const isOutage = (error: unknown): boolean => error instanceof HarnessError && error.code === 'store-unavailable';

/** The other side broke its connection, or what came on it behind the request is no HTTP. */
export function isOfConnection(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return (
    code.startsWith('HPE_') || ['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(code)
  );
}

export interface Failures {
  /** Goes around the recorder, which asks the store, too: whatever fails further in is told and answered. */
  readonly around: (recorder: Middleware) => Middleware;
  /** An error that oidc-provider has caught and made an answer of. */
  readonly caught: (error: unknown, context?: object) => void;
}

/** @param complain told of every error that nobody expected */
export function createFailures(complain: (error: unknown) => void): Failures {
  const outages = new WeakSet<object>();
  return {
    caught(error, context) {
      if (context !== undefined && isOutage(error)) outages.add(context);
      complain(error);
    },
    around: (recorder) => async (ctx, next) => {
      let refusal: Refusal | undefined;
      try {
        await recorder(ctx, next);
        if (outages.has(ctx)) refusal = AWAY;
      } catch (error) {
        const { status } = error as { readonly status?: unknown };
        if (ctx.headerSent || !ctx.writable || (typeof status === 'number' && status < 500)) throw error;
        complain(error);
        refusal = isOutage(error) ? AWAY : BROKEN;
      }
      if (refusal === undefined || ctx.headerSent || ctx.respond === false) return;
      const { exchange } = ctx.state as { readonly exchange?: Exchange };
      const { body, error } = refusalBody(ctx.path, refusal);
      if (exchange !== undefined) {
        exchange.error = error;
        exchange.errorDescription = refusal.message;
        delete exchange.issued;
      }
      ctx.remove('Location');
      ctx.set({
        'Cache-Control': 'no-store',
        ...(refusal.retryAfter !== undefined && { 'Retry-After': String(refusal.retryAfter) }),
      });
      ctx.status = refusal.status;
      ctx.body = body;
    },
  };
}
