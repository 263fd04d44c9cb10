/** Reads an answer of the org as far as needed, and forwards the rest while it arrives. */
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { pairsOf } from './headers.ts';

/** Longer answers are forwarded without being read. */
export const MOST_READ_BYTES = 1024 * 1024;

/** Decompression for answers that are compressed although that was not requested. */
const DECOMPRESS = { gzip: promisify(gunzip), deflate: promisify(inflate), br: promisify(brotliDecompress) } as const;

/** Returns the value of the first header with that name (lower case); empty when it is absent. */
export const headerIn = (raw: readonly string[], name: string): string =>
  pairsOf(raw).find(([one]) => one.toLowerCase() === name)?.[1] ?? '';

/** Reads a body completely and decompressed. Resolves with undefined when it is too large; rejects when it breaks off. */
export async function readAnswer(body: Readable, raw: readonly string[]): Promise<Buffer | undefined> {
  const announced = Number(headerIn(raw, 'content-length'));
  if (announced > MOST_READ_BYTES) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_READ_BYTES) throw new RangeError('the answer is larger than 1 MiB');
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  const encoding = headerIn(raw, 'content-encoding').toLowerCase();
  if (!Object.hasOwn(DECOMPRESS, encoding)) return bytes;
  return DECOMPRESS[encoding as keyof typeof DECOMPRESS](bytes, { maxOutputLength: 16 * MOST_READ_BYTES });
}
