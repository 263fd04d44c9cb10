/** Reads the lines of a file in bounded memory, without blocking the process. */
import { createReadStream } from 'node:fs';

/** Bytes that are read before other events are handled. */
const CHUNK_BYTES = 1 << 20;
const LINE_FEED = 10;

/** A piece of a file, and the lines that end in it. */
export interface LineBatch {
  readonly bytes: Uint8Array;
  /** Lines without line feeds. Text after the last line feed of the file is a line, unless it is empty. */
  readonly lines: readonly Buffer[];
}

/** Yields a file in pieces, in time that is linear in its size, however long its lines are.
 * @throws the error of the file system; an `AbortError` when `signal` aborts. */
export async function* lineBatches(path: string, signal?: AbortSignal): AsyncGenerator<LineBatch, void> {
  const stream = createReadStream(path, { highWaterMark: CHUNK_BYTES, signal }) as AsyncIterable<Buffer>;
  let open: Buffer[] = [];
  for await (const bytes of stream) {
    const lines: Buffer[] = [];
    let from = 0;
    for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, from)) {
      const last = bytes.subarray(from, end);
      lines.push(open.length === 0 ? last : Buffer.concat([...open, last]));
      open = [];
      from = end + 1;
    }
    if (from < bytes.length) open.push(bytes.subarray(from));
    yield { bytes, lines };
  }
  if (open.length > 0) yield { bytes: Buffer.alloc(0), lines: [Buffer.concat(open)] };
}
