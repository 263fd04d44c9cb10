/** Resolves the folder of a run typed on the command line. */
import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** Returns the absolute path of a run's folder. Where links are not allowed, `latest` is a small file with the folder's name, which is
 * followed. A folder that is not a run is reported when it is read. */
export async function runFolder(cwd: string, typed: string): Promise<string> {
  const path = resolve(cwd, typed);
  try {
    const { size } = await stat(path);
    const name = size > 0 && size < 256 ? (await readFile(path, 'utf8')).trim() : '';
    return /^[\w.-]+$/u.test(name) ? join(dirname(path), name) : path;
  } catch {
    return path;
  }
}
