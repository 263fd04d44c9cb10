/** Collects lines and writes them to a file together. Loses and tears no line when the disk is full. */

const FLUSH_BYTES = 64 * 1024;
const FLUSH_AFTER_MS = 100;

/** Lines that are written together: after 64 kB, a tenth of a second, or when one of them must be on disk at once. */
export interface LineWriter {
  /** Adds a line without its line break. @param atOnce writes it before the call returns */
  add(line: string, atOnce: boolean): void;
  /** Writes again what a timer could not write. @throws the error of the file system when there is still no room */
  retry(): void;
  /** Writes all lines. @throws the error of the file system; what was not written is kept */
  flush(): void;
  /** Writes all lines from a timer or an exit, which has no caller to throw to: the next `retry` throws instead. */
  readonly flushInTime: () => void;
}

/** Returns a writer without lines. @param write writes to the file and returns how many bytes it took */
export function createLineWriter(write: (bytes: Buffer) => number): LineWriter {
  let waiting: string[] = [];
  let waitingBytes = 0;
  /** Bytes that a full disk did not take: written first when there is room again, so that no line is lost or torn. */
  let unwritten: Buffer = Buffer.alloc(0);
  let failure: unknown;
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0 && unwritten.length === 0) return;
    const lines = Buffer.from(waiting.length === 0 ? '' : `${waiting.join('\n')}\n`, 'utf8');
    const bytes = unwritten.length === 0 ? lines : Buffer.concat([unwritten, lines]);
    waiting = [];
    waitingBytes = 0;
    let at = 0;
    try {
      while (at < bytes.length) at += write(bytes.subarray(at));
    } finally {
      unwritten = bytes.subarray(at);
    }
  }

  function flushInTime(): void {
    try {
      flush();
    } catch (error) {
      failure = error;
    }
  }

  return {
    add(line, atOnce) {
      waiting.push(line);
      waitingBytes += line.length + 1;
      if (waitingBytes >= FLUSH_BYTES || atOnce) flush();
      else timer ??= setTimeout(flushInTime, FLUSH_AFTER_MS).unref();
    },
    retry() {
      if (failure === undefined) return;
      flush();
      failure = undefined;
    },
    flush,
    flushInTime,
  };
}
