/** `npm run check:words`: fails on words that the project does not use (words.ts), in every file that git tracks. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { findWords, isExcepted } from './words.ts';

/** Files that hold no text. */
const BINARY = /\.(?:br|gz|ico|png|woff2|zip)$/u;

const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
})
  .split('\0')
  .filter((path) => path !== '' && !BINARY.test(path) && !isExcepted(path));

const found = files.flatMap((path) =>
  findWords(textOf(path)).map(
    ({ line, word, instead }) => `${path}:${String(line)}: "${word}"; write instead: ${instead}`,
  ),
);
for (const one of found) console.error(one);
if (found.length > 0) process.exitCode = 1;

/** Returns the text of a file; empty when it was deleted and the deletion is not committed yet. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
