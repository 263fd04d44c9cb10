/** Summarizes the end of a program's standard error: the line that names the error, and the last lines. */

/** Matches lines that name an error: `Error: Cannot find module 'x'`, `ModuleNotFoundError: …`, `Exception in thread "main" …: …`, `panic:
 * …`, `error: …`; not frames of a stack. */
const TELLING =
  /^(?!\s+at\s)(?:.*\b[\w.$]*(?:Error|Exception|Failure)\b[^:]*:\s*\S|\s*(?:panic|fatal(?: error)?|error):\s*\S)/i;
/** Matches a frame of a stack, ` at load (file.js:1:2)`, which does not explain the error. */
const FRAME = /^\s+at\s/;
/** Matches npm's last line, which only names its log file. */
const LOG = /^npm (?:error|ERR!) A complete log of this run/;
const SEPARATOR = ' ⏎ ';

/** Returns the last line that names an error, or else the last that is not empty; undefined when there is none. */
export function tellingLine(lines: readonly string[]): string | undefined {
  const said = lines.filter((line) => line.trim() !== '' && !LOG.test(line));
  return (said.findLast((line) => TELLING.test(line)) ?? said.at(-1))?.trim();
}

/** Splits a summary into lines, the one that names the error first. */
export function saidLines(words: string): readonly string[] {
  const lines = words.split(SEPARATOR).filter((line) => line !== '');
  const telling = tellingLine(lines);
  return telling === undefined ? [] : [telling, ...lines.toSpliced(lines.lastIndexOf(telling), 1)];
}

/** Returns at most `most` characters of standard error: the end without stack frames, preceded by the line that names the error when the
 * end does not contain it. */
export function lastWords(lines: readonly string[], most = 500): string {
  const said = lines
    .filter((line) => !FRAME.test(line) && !LOG.test(line))
    .flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  const whole = said.join(SEPARATOR);
  const telling = (tellingLine(said) ?? '').slice(0, most / 2);
  const end = whole.slice(-most);
  if (whole.length <= most || end.includes(telling)) return end;
  return `${telling}${SEPARATOR}…${whole.slice(-(most - telling.length - SEPARATOR.length - 1))}`;
}
