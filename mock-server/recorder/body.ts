/** Reads a request's body whole, decompressed, and bounded in bytes and time. */
import type { IncomingMessage } from 'node:http';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { afterPendingIo } from '../http/after-pending-io.ts';

/** The most bytes of a body that are read, before and after decompression. */
export const MOST_BYTES = 1024 * 1024;
const DEADLINE_MS = 30_000;

export type Body =
  | {
      readonly kind: 'whole';
      /** Decompressed. */
      readonly bytes: Buffer;
      /** As it came, compressed or not. */
      readonly received: number;
    }
  | {
      readonly kind: 'refused';
      readonly status: 400 | 408 | 413 | 415;
      readonly reason: string;
      readonly received: number;
    }
  /** The client left before the body was whole. */
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
      // Copied, also a single one: it is a part of all that was read at once.
      finish({ bytes: Buffer.concat(chunks, received) });
    });
    // A stream that fails without a listener would take the process down; `close` follows.
    request.on('error', () => undefined);
    request.on('close', () => {
      finish('gone');
    });
    // Most bodies are there with their headers.
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
