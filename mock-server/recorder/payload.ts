/** Reads the beginning of a request's body and leaves the rest to the code that forwards it, so that a large body needs little memory. */
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

/** A body as received. */
export interface Payload {
  /** The whole body, or its beginning when there is a `rest`. */
  readonly head: Buffer;
  /** The unread rest of the body. */
  readonly rest?: IncomingMessage | undefined;
}

/** Most bytes of a body that are read before its request is recorded. SOAP has its session id at the beginning. */
export const HEAD_BYTES = 64 * 1024;

/** Resolves with the beginning of a body, or with undefined when the client disconnected before. Never rejects. */
export function readPayload(request: IncomingMessage): Promise<Payload | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let received = 0;
    const finish = (payload: Payload | undefined): void => {
      request.off('data', onData).off('end', onEnd).off('close', onClose);
      resolve(payload);
    };
    const onData = (chunk: Buffer): void => {
      chunks.push(chunk);
      received += chunk.length;
      if (received < HEAD_BYTES) return;
      request.pause();
      finish({ head: Buffer.concat(chunks), rest: request });
    };
    const onEnd = (): void => {
      finish({ head: Buffer.concat(chunks) });
    };
    const onClose = (): void => {
      finish(undefined);
    };
    // A stream error without a listener would end the process; `close` follows.
    request.on('error', () => undefined);
    request.on('data', onData).on('end', onEnd).on('close', onClose);
  });
}

const DECOMPRESS = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

/** Returns the measurable part of a body: decompressed when it is complete, empty when it is compressed and incomplete or unreadable. */
export async function measurable({ head, rest }: Payload, encoding: string | undefined): Promise<Buffer> {
  const name = encoding?.trim().toLowerCase() ?? 'identity';
  if (name === 'identity' || name === '' || head.length === 0) return head;
  if (rest !== undefined || !Object.hasOwn(DECOMPRESS, name)) return Buffer.alloc(0);
  return DECOMPRESS[name as keyof typeof DECOMPRESS](head, { maxOutputLength: 16 * HEAD_BYTES }).catch(() =>
    Buffer.alloc(0),
  );
}
