/** One HTTP exchange: bounded in time and size, and no redirect is followed, so that no credential travels on. */

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as `application/x-www-form-urlencoded`. */
  readonly form?: URLSearchParams;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Longer than any answer that is merely slow: giving up on a refresh that the server has carried out loses the tokens. */
const TIMEOUT_MS = 20_000;
const MAX_BODY_BYTES = 256 * 1024;

/** Sends it and reads the answer.
 * @throws Error when there is no whole answer: refused, reset, cut short, too slow (`TimeoutError`), too large. */
export async function send(request: HttpRequest): Promise<HttpAnswer> {
  const response = await fetch(request.url, {
    method: request.method,
    headers: { accept: 'application/json', ...request.headers },
    ...(request.form === undefined ? {} : { body: request.form }),
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  return { status: response.status, headers: response.headers, text: await readBounded(response) };
}

async function readBounded(response: Response): Promise<string> {
  if (response.body === null) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) throw new Error('The answer is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
