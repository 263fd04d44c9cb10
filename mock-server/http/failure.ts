/** Answers that a client gets when the mock itself fails: in the platform's shape, never without a body. */
import type { Middleware } from 'koa';
import type { Exchange } from '../recorder/exchange.ts';

const MESSAGE = 'An unexpected error occurred.';

/** Returns whether an error means only that the client broke its connection, or sent bytes behind its request that are not HTTP. */
export function isOfConnection(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return (
    code.startsWith('HPE_') || ['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(code)
  );
}

/** Returns the body of an answer 500 and the error that it names: OAuth's shape on OAuth's paths (RFC 6749 §5.2), the API's elsewhere. */
function failureBody(path: string): { readonly body: object; readonly error: string } {
  if (path.startsWith('/services/oauth2/'))
    return { body: { error: 'server_error', error_description: MESSAGE }, error: 'server_error' };
  const error = 'UNKNOWN_EXCEPTION';
  return { body: [{ message: MESSAGE, errorCode: error }], error };
}

/**
 * Wraps the recorder, the outermost layer: an error that leaves it is reported to `complain` and answered with 500. Errors that have a status
 * below 500, and those that come when an answer has begun, are thrown on to koa.
 */
export function answerFailures(recorder: Middleware, complain: (error: unknown) => void): Middleware {
  return async (ctx, next) => {
    try {
      await recorder(ctx, next);
    } catch (error) {
      const { status } = error as { readonly status?: unknown };
      if (ctx.headerSent || !ctx.writable || (typeof status === 'number' && status < 500)) throw error;
      complain(error);
      if (ctx.respond === false) return;
      const { exchange } = ctx.state as { readonly exchange?: Exchange };
      const failure = failureBody(ctx.path);
      if (exchange !== undefined) {
        exchange.error = failure.error;
        exchange.errorDescription = MESSAGE;
        delete exchange.issued;
      }
      ctx.remove('Location');
      ctx.set('Cache-Control', 'no-store');
      ctx.status = 500;
      ctx.body = failure.body;
    }
  };
}
