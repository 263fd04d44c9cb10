/** Size at which collected lines are written to the file. No line is lost or torn when the disk is full. */

const FLUSH_BYTES = 64 * 1024;
const FLUSH_AFTER_MS = 100;

/** Writes lines together: after 64 kB, a tenth of a second, or when one of them must be on disk immediately. */
export interface LineWriter {
  /** Adds a line without its line break.
   * @param atOnce whether to write it before the call returns */
  add(line: string, atOnce: boolean): void;
  /** Writes again what failed in a timer.
   * @throws the error of the file system when there is still no space */
  retry(): void;
  /** Writes all lines.
   * @throws the error of the file system; unwritten lines are kept */
  flush(): void;
  /** Writes all lines from a timer or at exit, where an error has no caller: the next `retry` throws it instead. */
  readonly flushInTime: () => void;
}

/** Creates a writer without lines.
 * @param write writes to the file and returns the number of bytes written */
export function createLineWriter(write: (bytes: Buffer) => number): LineWriter {
  let waiting: string[] = [];
  let waitingBytes = 0;
  /** Bytes that a full disk did not accept: written first when there is space again, so that no line is lost or torn. */
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
