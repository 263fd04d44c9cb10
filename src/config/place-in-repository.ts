/** Determines the path of the configuration as a code host shows it. */
import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';

/** Returns a file's path from the root of its repository, or from `cwd` without a repository; only its name when it is outside. Uses
 * slashes on every system. A report thus names no other folder of the machine. */
export function placeInRepository(file: string, cwd: string, exists: (path: string) => boolean = existsSync): string {
  let root = cwd;
  for (let folder = dirname(file), last = ''; folder !== last; [folder, last] = [dirname(folder), folder])
    if (exists(join(folder, '.git'))) {
      root = folder;
      break;
    }
  const path = relative(root, file);
  return path.startsWith('..') || isAbsolute(path) ? basename(file) : path.split(sep).join('/');
}
