/** One HTTP exchange: bounded in time and size, and no redirect is followed, so that no credential travels on. */
import type { Agent, IncomingMessage } from 'node:http';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as `application/x-www-form-urlencoded`. */
  readonly form?: URLSearchParams;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Pick<Headers, 'get'>;
  readonly text: string;
}

export interface Sending {
  /** Beside those of the request, and in its place; names keep their case on the wire. */
  readonly headers?: Readonly<Record<string, string>>;
  /** False: a connection for this request alone. Default: connections are kept. */
  readonly agent?: Agent | false;
  /** Sent in the place of the form. */
  readonly body?: string;
  /** Milliseconds after which it is broken off. */
  readonly timeoutMs?: number;
  /** Address of this machine that it leaves from. */
  readonly localAddress?: string;
}

/** Longer than any answer that is merely slow: giving up on a refresh that the server has carried out loses the tokens. */
const TIMEOUT_MS = 20_000;
const MAX_BODY_BYTES = 256 * 1024;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' } as const;

/** Sends it on a connection that is kept, and reads the answer.
 * @throws like `exchange` */
export const send = (request: HttpRequest): Promise<HttpAnswer> => exchange(request);

/** Sends it, in another way than the reference client does, and reads the answer.
 * @throws Error when there is no whole answer: refused, reset, cut short, too slow (`TimeoutError`), too large. */
export function exchange(
  request: HttpRequest,
  { headers = {}, body = request.form?.toString(), timeoutMs = TIMEOUT_MS, ...way }: Sending = {},
): Promise<HttpAnswer> {
  const hasType = body === undefined || Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  // `import` would read every export of the module, one of which loads all of `fetch`: half of what a start costs.
  const { request: open } = request.url.startsWith('https:')
    ? process.getBuiltinModule('node:https')
    : process.getBuiltinModule('node:http');
  const signal = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve, reject) => {
    const fail = (cause: Error): void => reject(signal.aborted ? (signal.reason as Error) : cause);
    const outgoing = open(request.url, {
      method: request.method,
      headers: { accept: 'application/json', ...(hasType ? {} : FORM), ...request.headers, ...headers },
      ...way,
      signal,
    });
    outgoing.on('error', fail);
    outgoing.on('response', (response) => {
      readBounded(response).then((text) => {
        const get = (name: string): string | null => response.headersDistinct[name.toLowerCase()]?.join(', ') ?? null;
        resolve({ status: response.statusCode ?? 0, headers: { get }, text });
      }, fail);
    });
    outgoing.end(body);
  });
}

async function readBounded(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) throw new Error('The answer is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
