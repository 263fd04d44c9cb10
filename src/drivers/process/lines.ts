/** Splits a stream of bytes into lines, with a limit on the memory for one line. */
import { StringDecoder } from 'node:string_decoder';

/** One line of a stream. */
export interface Line {
  readonly text: string;
  /** Whether the line was longer than the limit; `text` is then its beginning. */
  readonly cut: boolean;
}

/** Splits a stream into lines; made by `readLines`. */
export interface LineReader {
  /** Takes bytes, and calls `onLine` for each line that they complete. */
  push(chunk: Buffer): void;
  /** The text after the last line break so far. */
  readonly rest: string;
  /** Ends the stream: the rest is the last line. */
  end(): void;
}

/** Reads a stream line by line.
 * @param limit most characters of one line; default 1 Mi */
export function readLines(onLine: (line: Line) => void, limit = 1_048_576): LineReader {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let cut = false;

  const add = (text: string): void => {
    const room = limit - rest.length;
    rest += text.slice(0, room);
    cut ||= text.length > room;
  };
  const finish = (): void => {
    const line = { text: rest.endsWith('\r') ? rest.slice(0, -1) : rest, cut };
    rest = '';
    cut = false;
    onLine(line);
  };

  return {
    push(chunk) {
      const parts = decoder.write(chunk).split('\n');
      const last = parts.pop() ?? '';
      for (const part of parts) {
        add(part);
        finish();
      }
      add(last);
    },
    get rest() {
      return rest;
    },
    end() {
      add(decoder.end());
      if (rest !== '' || cut) finish();
    },
  };
}
