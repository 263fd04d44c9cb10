/** Lines of a file that may be larger than what one wants in memory. */
import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

/** The lines without their line feeds, 64 kB in memory at a time. What follows the last line feed is a line, unless it is empty. */
export function* linesOf(path: string): Generator<string, void> {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(1 << 16);
    const decoder = new StringDecoder('utf8');
    let rest = '';
    for (let size = readSync(file, buffer); size > 0; size = readSync(file, buffer)) {
      const parts = (rest + decoder.write(buffer.subarray(0, size))).split('\n');
      rest = parts.pop() ?? '';
      yield* parts;
    }
    rest += decoder.end();
    if (rest !== '') yield rest;
  } finally {
    closeSync(file);
  }
}
