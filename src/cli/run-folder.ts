/** The folder of a run, as typed on the command line. */
import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** Returns the absolute path of a run's folder. Where links are not allowed, `latest` is a small file that holds the folder's name: it is followed. What is no
 * run is reported by its reader. */
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
