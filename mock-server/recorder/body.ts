/** Reads a request's body completely and decompressed, within limits of size and time. */
import type { IncomingMessage } from 'node:http';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { afterPendingIo } from '../http/after-pending-io.ts';

/** Most bytes of a body, before and after decompression. */
export const MOST_BYTES = 1024 * 1024;
const DEADLINE_MS = 30_000;

/** The result of reading a body. */
export type Body =
  | {
      readonly kind: 'whole';
      /** The decompressed body. */
      readonly bytes: Buffer;
      /** Number of received bytes, compressed or not. */
      readonly received: number;
    }
  | {
      readonly kind: 'refused';
      readonly status: 400 | 408 | 413 | 415;
      readonly reason: string;
      readonly received: number;
    }
  /** The client disconnected before the body was complete. */
  | { readonly kind: 'gone' };

type Read = { readonly bytes: Buffer } | 'too-large' | 'too-slow' | 'gone';

function read(request: IncomingMessage): Promise<Read> {
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let received = 0;
    let timer: NodeJS.Timeout | undefined;
    let finished = false;
    const finish = (result: Read): void => {
      if (finished) return;
      finished = true;
      clearTimeout(timer);
      chunks = [];
      resolve(result);
    };
    request.on('data', (chunk: Buffer) => {
      if (finished) return;
      received += chunk.length;
      if (received > MOST_BYTES) finish('too-large');
      else chunks.push(chunk);
    });
    request.on('end', () => {
      // Copied even when it is a single chunk, because that is part of everything that was read at once.
      finish({ bytes: Buffer.concat(chunks, received) });
    });
    // A stream error without a listener would end the process; `close` follows.
    request.on('error', () => undefined);
    request.on('close', () => {
      finish('gone');
    });
    // Most bodies arrive with their headers.
    void afterPendingIo().then(() => {
      if (!finished) timer = setTimeout(finish, DEADLINE_MS, 'too-slow');
    });
  });
}

type Encoding = 'gzip' | 'x-gzip' | 'deflate' | 'br';

const isKnown = (encoding: string): encoding is Encoding => ['gzip', 'x-gzip', 'deflate', 'br'].includes(encoding);

function open(bytes: Buffer, encoding: Encoding): Promise<Buffer | 'too-large' | 'broken'> {
  return new Promise((resolve) => {
    const limit = { maxOutputLength: MOST_BYTES };
    const done = (error: NodeJS.ErrnoException | null, result: Buffer): void => {
      if (!error) resolve(result);
      else resolve(error.code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'broken');
    };
    if (encoding === 'br') brotliDecompress(bytes, limit, done);
    else if (encoding === 'deflate') inflate(bytes, limit, done);
    else gunzip(bytes, limit, done);
  });
}

/** Reads the body of a request. Never rejects. At most 1 MiB before and after decompression (`gzip`, `deflate`, `br`), at most 30 s. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const result = await read(request);
  if (result === 'gone') return { kind: 'gone' };
  const refused = (status: 400 | 408 | 413 | 415, reason: string, received = 0): Body => {
    return { kind: 'refused', status, reason, received };
  };
  if (result === 'too-slow') return refused(408, 'the body did not arrive within 30 s');
  if (result === 'too-large') return refused(413, 'the body is larger than 1 MiB', MOST_BYTES);
  const received = result.bytes.length;
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || encoding === '' || received === 0)
    return { kind: 'whole', bytes: result.bytes, received };
  if (!isKnown(encoding)) return refused(415, 'unknown content-encoding', received);
  const opened = await open(result.bytes, encoding);
  if (opened === 'too-large') return refused(413, 'the decompressed body is larger than 1 MiB', received);
  if (opened === 'broken') return refused(400, 'the body could not be decompressed', received);
  return { kind: 'whole', bytes: opened, received };
}
