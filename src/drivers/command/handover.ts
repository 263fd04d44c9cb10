/** The program behind `$BROWSER`: it takes a URL, hands it to the harness and returns at once. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../process/folder.ts';
import { here } from '../process/platform.ts';

export interface HandOver {
  /** Value of `$BROWSER`: one path, no spaces, no arguments. */
  readonly browser: string;
  /** Looks for new URLs from now on; returns what ends that, after a last look. */
  watch(): () => void;
  /** Looks for new URLs now. */
  look(): void;
  /** Removes the program. */
  close(): void;
}

/** How often it is looked for new URLs. */
const lookMs = 25;
const longestUrl = 65_536;
const mostUrls = 16;

/** Makes such a program for one process. `onUrl` is called with each URL that it is given. */
export function takeUrls(onUrl: (url: string) => void): HandOver {
  const folder = temporaryFolder('browser');
  const list = join(folder.path, 'urls');
  const program = here.browserProgram(list);
  const browser = join(folder.path, program.name);
  writeFileSync(list, '', { mode: 0o600 });
  writeFileSync(browser, program.script, { mode: 0o700 });

  let seen = 0;
  const look = (): void => {
    // The last piece is no line yet.
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

/** The client may do with the file what it wants; it is read as far as an honest one can have filled it. */
function readBounded(file: string): string {
  try {
    return statSync(file).size > longestUrl * mostUrls ? '' : readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
