/** Reads an answer of the org as far as it has to be read, and passes the rest on while it arrives. */
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { pairsOf } from './headers.ts';

/** Longer answers are not read, only passed on. */
export const MOST_READ_BYTES = 1024 * 1024;

/** Of a compressed answer, although none was asked for. */
const DECOMPRESS = { gzip: promisify(gunzip), deflate: promisify(inflate), br: promisify(brotliDecompress) } as const;

/** Returns the value of the first header of that name (lower case); the empty text when it is absent. */
export const headerIn = (raw: readonly string[], name: string): string =>
  pairsOf(raw).find(([one]) => one.toLowerCase() === name)?.[1] ?? '';

/** Reads a body whole and decompressed. Resolves with undefined when it is too large to be read; rejects when it breaks off. */
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
