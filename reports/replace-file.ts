/** Replaces a file of a report as a whole. */
import { createHash, randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { HarnessError } from '../src/errors.ts';

/** Writes a file under another name and renames it, so that a link in its place is replaced and not followed. Returns the SHA-256 of the
 * content.
 * @throws HarnessError `not-a-file` when a folder is in its place. */
export async function replaceFile(path: string, content: string | Iterable<string>): Promise<string> {
  const draft = `${path}.${randomUUID()}`;
  const digest = createHash('sha256');
  try {
    const file = await open(draft, 'wx');
    try {
      for (const part of typeof content === 'string' ? [content] : content) {
        const bytes = Buffer.from(part, 'utf8');
        digest.update(bytes);
        await file.writeFile(bytes);
      }
    } finally {
      await file.close();
    }
    await rename(draft, path).catch((cause: unknown) => {
      if ((cause as NodeJS.ErrnoException).code !== 'EISDIR') throw cause;
      const hint = 'Remove the folder, or find out whether the client under test makes it.';
      throw new HarnessError('not-a-file', `${path} is a folder; the report needs a file there.`, hint, {
        cause,
        exit: 70,
      });
    });
  } finally {
    await rm(draft, { force: true });
  }
  return digest.digest('hex');
}
