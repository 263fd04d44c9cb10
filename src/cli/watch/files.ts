/** Watches files below a folder for changes. */
import { watch } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { HarnessError } from '../../errors.ts';

/** Milliseconds after the last write until a change is reported, because editors write several times. */
const SETTLE_MS = 200;
const IGNORED: readonly string[] = ['node_modules', '.git', '__pycache__', '.venv', 'target', 'dist'];

/** Watches files for changes.
 * @param without folders that the run itself writes to
 * @throws HarnessError `watch-folder`. */
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
    // The folder was removed while it is watched: nothing will change in it any more.
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

/** Returns whether a change of `name`, a path relative to the folder, is ignored. Pure. */
export function isIgnored(name: string, own: readonly string[]): boolean {
  const parts = name.split(sep);
  return (
    parts.some((part) => IGNORED.includes(part)) ||
    // The first run also creates the parent folders of its own.
    own.some((path) => path !== '' && (name === path || name.startsWith(path + sep) || path.startsWith(name + sep)))
  );
}
