/** A stream for output. Results go to standard output, messages to standard error. */
export interface Output {
  write(text: string): boolean;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** What commands print with; made by `createTerminal`. */
export interface Terminal {
  /** Prints a result to standard output. */
  print(text: string): void;
  /** Prints one line to standard error, unless `--quiet` is given. */
  say(text: string): void;
  /** Prints an error of one or more lines to standard error, also with `--quiet`. */
  complain(text: string): void;
  /** Prints unfinished lines to standard error, unless `--quiet` is given. */
  write(text: string): void;
  /** Prints unfinished lines for a live display; only when `live`. */
  draw(text: string): void;
  /** Whether standard error can update a line in place: it is a terminal, and not in CI. */
  readonly live: boolean;
  readonly quiet: boolean;
  /** Whether standard output and standard error show colours. */
  readonly color: { readonly out: boolean; readonly err: boolean };
  /** Columns of standard output and standard error, 80 when unknown. */
  readonly width: { readonly out: number; readonly err: number };
}

/** What a terminal is made of. */
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

/** Returns the width; a terminal without a size reports 0. */
function columnsOf({ columns = 0 }: Output): number {
  return columns > 0 ? columns : 80;
}

/** Returns whether to use colour: `FORCE_COLOR` (except 0 and false) takes precedence over `NO_COLOR` (https://no-color.org), and that
 * over the kind of stream. */
function hasColor(stream: Output, env: TerminalParts['env']): boolean {
  const force = env['FORCE_COLOR'];
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  // Any value counts, except an empty one.
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}
