/** Changes of files under a folder. */
import { watch } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { HarnessError } from '../../errors.ts';

/** Editors write several times; a change is reported so long after the last write, in milliseconds. */
const SETTLE_MS = 200;
const IGNORED: readonly string[] = ['node_modules', '.git', '__pycache__', '.venv', 'target', 'dist'];

/** Watches files for changes. `without`: folders whose changes are the run's own. @throws HarnessError `watch-folder`. */
export function watchFiles(folder: string, without: readonly string[], changed: () => void): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const own = without.map((path) => relative(folder, path));
  const onChange = (name: string | null): void => {
    if (name === null || isIgnored(name, own)) return;
    clearTimeout(timer);
    timer = setTimeout(changed, SETTLE_MS);
  };
  try {
    const watcher = watch(resolve(folder), { recursive: true, persistent: false }, (_, name) => onChange(name));
    // A folder that is removed while it is watched: nothing more will change in it.
    watcher.on('error', () => watcher.close());
    return {
      stop: () => {
        clearTimeout(timer);
        watcher.close();
      },
    };
  } catch (cause) {
    throw new HarnessError('watch-folder', `The folder ${folder} cannot be watched.`, 'Correct `driver.cwd`.', {
      cause,
    });
  }
}

/** Returns whether a change of `name` is ignored: a path relative to the folder. Pure. */
export function isIgnored(name: string, own: readonly string[]): boolean {
  const parts = name.split(sep);
  return (
    parts.some((part) => IGNORED.includes(part)) ||
    // The first run makes the folders above its own, too.
    own.some((path) => path !== '' && (name === path || name.startsWith(path + sep) || path.startsWith(name + sep)))
  );
}
