/** What a command is: a line of the table in `commands.ts`, and a function in a file of its own. */
import type { FlagName, FlagValues } from './flags.ts';
import type { Terminal } from './terminal.ts';

export interface Invocation {
  /** Positional arguments. */
  readonly operands: readonly string[];
  readonly flags: FlagValues;
  /** Where the command was typed; every path it names is relative to this. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
  /** Aborted by SIGINT or SIGTERM, the reason being the signal's name. */
  readonly signal: AbortSignal;
}

/** Returns the exit code. @throws HarnessError */
export type Action = (invocation: Invocation) => Promise<number>;

export interface Command {
  readonly name: string;
  /** `<run-dir>`, `<run-dir...>`, `[topic]`. */
  /** Positional arguments, in order. */
  readonly operands?: readonly { readonly syntax: string; readonly text: string }[];
  readonly text: string;
  readonly flags: readonly FlagName[];
  readonly examples: readonly string[];
  /** Only the command that is used is loaded. */
  readonly load: () => Promise<{ readonly action: Action }>;
}
