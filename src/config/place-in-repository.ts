/** Where the configuration is, as a code host shows it. */
import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';

/**
 * Returns a file's path from the root of its repository, or from `cwd` where there is no repository; only its name when it is outside.
 * With slashes on every system, so that a report names no folder of the machine it was made on.
 */
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
