/** Sends bytes as they are on a connection of its own, and reads what comes back. */
import { connect } from 'node:net';

export interface Reply {
  readonly status: number;
  /** Names in lower case; of a repeated header the last value. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

const DEADLINE_MS = 10_000;
const MOST_BYTES = 8 * 1024 * 1024;

export interface SendOptions {
  /** Says that nothing more will come, as who has sent everything may. */
  readonly halfClose?: boolean;
}

/** Everything until the server closes. @throws Error after the deadline, and when there is too much of it. */
export function send(origin: string, bytes: string | Buffer, { halfClose = false }: SendOptions = {}): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  const chunks: Buffer[] = [];
  let length = 0;
  const stop = (why: string) => {
    socket.destroy();
    reject(new Error(why));
  };
  const timer = setTimeout(() => {
    stop(`The mock neither answered nor closed within ${String(DEADLINE_MS)} ms.`);
  }, DEADLINE_MS);
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MOST_BYTES) stop(`The answer is longer than ${String(MOST_BYTES)} bytes.`);
  });
  // The mock may close while it is still being written to.
  socket.on('error', () => undefined);
  socket.on('close', () => {
    clearTimeout(timer);
    resolve(Buffer.concat(chunks));
  });
  if (halfClose) socket.end(bytes);
  else socket.write(bytes);
  return promise;
}

/** One answer. @throws Error for what is none */
export function read(bytes: Buffer, method: string): Reply {
  const end = bytes.indexOf('\r\n\r\n');
  const [first = '', ...lines] = bytes.subarray(0, Math.max(0, end)).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3}) ?[\x20-\x7e]*$/u.exec(first)?.[1] ?? NaN);
  if (end < 0 || Number.isNaN(status))
    throw new Error(`This is no answer: ${JSON.stringify(bytes.toString('latin1').slice(0, 200))}`);
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = /^([\w!#$%&'*+.^`|~-]+): ?(.*)$/u.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new Error(`This is no header: ${JSON.stringify(line)}`);
    headers.set(name.toLowerCase(), value);
  }
  const rest = bytes.subarray(end + 4);
  const body = headers.get('transfer-encoding') === 'chunked' ? unchunked(rest) : rest;
  const length = headers.get('content-length');
  if (method !== 'HEAD' && length !== undefined && Number(length) !== body.length)
    throw new Error(`${length} bytes were promised and ${String(body.length)} came.`);
  return { status, headers, body };
}

function unchunked(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const line = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.subarray(at, line).toString('latin1'), 16);
    if (line < 0 || Number.isNaN(size)) throw new Error('The chunks have no end.');
    if (size === 0) return Buffer.concat(parts);
    parts.push(bytes.subarray(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
}
