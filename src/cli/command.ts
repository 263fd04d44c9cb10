/** Defines a command: an entry of the table in `commands.ts`, and a function in its own file. */
import type { FlagName, FlagValues } from './flags.ts';
import type { Terminal } from './terminal.ts';

/** What a command gets to work with. */
export interface Invocation {
  /** Positional arguments. */
  readonly operands: readonly string[];
  readonly flags: FlagValues;
  /** Working directory in which the command was typed; paths are relative to it. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
  /** Aborted by SIGINT or SIGTERM, with the signal's name as the reason. */
  readonly signal: AbortSignal;
}

/** Returns the exit code. @throws HarnessError */
export type Action = (invocation: Invocation) => Promise<number>;

/** An entry of the table of commands, from which the parser, the help and docs/cli.md are made. */
export interface Command {
  readonly name: string;
  /** `<run-dir>`, `<run-dir...>`, `[topic]`. */
  /** Positional arguments, in order. */
  readonly operands?: readonly { readonly syntax: string; readonly text: string }[];
  readonly text: string;
  readonly flags: readonly FlagName[];
  readonly examples: readonly string[];
  /** Loads the module of the command; only the command that is used is loaded. */
  readonly load: () => Promise<{ readonly action: Action }>;
}
