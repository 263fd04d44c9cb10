/** Reads files of unknown size and kind. */
import { open, stat } from 'node:fs/promises';

/** Reads a regular file up to a limit, or explains why it cannot: reading a pipe or a device may never end. */
export async function readBounded(absolute: string, limitBytes: number): Promise<Uint8Array | string> {
  try {
    const about = await stat(absolute);
    if (!about.isFile()) return 'It is not an ordinary file.';
    if (about.size > limitBytes) return `The file is larger than ${String(limitBytes)} bytes.`;
    const file = await open(absolute);
    try {
      const bytes = Buffer.alloc(about.size);
      const { bytesRead } = await file.read(bytes, 0, about.size, 0);
      return bytes.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    return 'The file cannot be read.';
  }
}
