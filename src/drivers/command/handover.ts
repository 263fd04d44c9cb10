/** Provides the program behind `$BROWSER`, which passes a URL to the harness and exits immediately. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../process/folder.ts';
import { here } from '../process/platform.ts';

/** The program behind `$BROWSER` of one process; made by `takeUrls`. */
export interface HandOver {
  /** Value of `$BROWSER`: one path, no spaces, no arguments. */
  readonly browser: string;
  /** Starts looking for new URLs; the returned function looks once more and stops. */
  watch(): () => void;
  /** Looks for new URLs now. */
  look(): void;
  /** Removes the program. */
  close(): void;
}

/** Milliseconds between two looks for new URLs. */
const lookMs = 25;
const longestUrl = 65_536;
const mostUrls = 16;

/** Creates the program for one process. `onUrl` is called with each URL that it receives. */
export function takeUrls(onUrl: (url: string) => void): HandOver {
  const folder = temporaryFolder('browser');
  const list = join(folder.path, 'urls');
  const program = here.browserProgram(list);
  const browser = join(folder.path, program.name);
  writeFileSync(list, '', { mode: 0o600 });
  writeFileSync(browser, program.script, { mode: 0o700 });

  let seen = 0;
  const look = (): void => {
    // The last piece is not a complete line yet.
    const lines = readBounded(list).split('\n').slice(0, -1);
    for (const line of lines.slice(seen, mostUrls)) {
      const url = program.urlIn(line);
      if (url !== undefined && line.length <= longestUrl) onUrl(url);
    }
    seen = lines.length;
  };
  return {
    browser,
    look,
    watch() {
      const timer = setInterval(look, lookMs);
      return () => {
        clearInterval(timer);
        look();
      };
    },
    close: () => folder.remove(),
  };
}

/** Reads the file up to the size that a normal client can have written; the client may change the file. */
function readBounded(file: string): string {
  try {
    return statSync(file).size > longestUrl * mostUrls ? '' : readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
