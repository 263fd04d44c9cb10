/** Answers when the mock itself fails: in Salesforce's format, never without a body. */
import { json, type Reply } from '../reply.ts';

const MESSAGE = 'An unexpected error occurred.';

/** Returns whether an error only means that the client broke its connection, or sent bytes after its request that are not HTTP. */
export function isOfConnection(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return (
    code.startsWith('HPE_') || ['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(code)
  );
}

/** Returns an answer 500: in OAuth's format on OAuth's paths (RFC 6749 §5.2), in the API's format on others. */
export function failureReply(path: string): Reply {
  const oauth = path.startsWith('/services/oauth2/');
  const error = oauth ? 'server_error' : 'UNKNOWN_EXCEPTION';
  const body = oauth ? { error, error_description: MESSAGE } : [{ message: MESSAGE, errorCode: error }];
  const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' };
  return { ...json(500, body, headers), refusal: { error, errorDescription: MESSAGE } };
}
