/** Results go to standard output, talk goes to standard error. */

export interface Output {
  write(text: string): boolean;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface Terminal {
  /** A result: standard output. */
  print(text: string): void;
  /** Talk: one line on standard error; nothing under `--quiet`. */
  say(text: string): void;
  /** A fault: one or more lines on standard error, also under `--quiet`. */
  complain(text: string): void;
  /** Unfinished lines on standard error; nothing under `--quiet`. */
  write(text: string): void;
  /** Unfinished lines, for a live display; only when `live`. */
  draw(text: string): void;
  /** Standard error can show a line that changes: a terminal, and not in CI. */
  readonly live: boolean;
  readonly quiet: boolean;
  /** Whether standard output and standard error show colours. */
  readonly color: { readonly out: boolean; readonly err: boolean };
  /** Columns of standard output and standard error, 80 when unknown. */
  readonly width: { readonly out: number; readonly err: number };
}

export interface TerminalParts {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly quiet: boolean;
}

/** Creates the terminal of a command. */
export function createTerminal({ stdout, stderr, env, quiet }: TerminalParts): Terminal {
  const live = !quiet && stderr.isTTY === true && !isSet(env['CI']) && env['TERM'] !== 'dumb';
  return {
    print: (text) => void stdout.write(text.endsWith('\n') ? text : `${text}\n`),
    say: (text) => {
      if (!quiet) stderr.write(`${text}\n`);
    },
    complain: (text) => void stderr.write(`${text}\n`),
    write: (text) => {
      if (!quiet) stderr.write(text);
    },
    draw: (text) => {
      if (live) stderr.write(text);
    },
    live,
    quiet,
    color: { out: hasColor(stdout, env), err: hasColor(stderr, env) },
    width: { out: columnsOf(stdout), err: columnsOf(stderr) },
  };
}

/** A terminal without a size reports 0. */
function columnsOf({ columns = 0 }: Output): number {
  return columns > 0 ? columns : 80;
}

/** `FORCE_COLOR` (but 0 and false) goes before `NO_COLOR` (https://no-color.org), that before what the stream is. */
function hasColor(stream: Output, env: TerminalParts['env']): boolean {
  const force = env['FORCE_COLOR'];
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  // Whatever its value, as long as it is not empty.
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}
