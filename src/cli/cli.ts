/** Runs the command line from typed arguments to an exit code. Accesses no globals: everything is passed in `World`. */
import { CommanderError } from 'commander';
import { COMMANDS } from './commands.ts';
import { reportError } from './report-error.ts';
import { interruptOf, watchInterrupts, type SignalSource } from './interrupts.ts';
import { createProgram } from './program.ts';
import { createTerminal, type Output } from './terminal.ts';
import { typedAt, underNpmStart } from './typed-at.ts';
import { wrongUsage } from './wrong-usage.ts';

/** The surroundings of the command line: arguments, folder, environment, streams and signals. `main.ts` passes those of the process, tests
 * their own. */
export interface World {
  /** Arguments without the name of the program. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly signals: SignalSource;
}

/** Runs a command line and resolves with its exit code. Never rejects: errors are written to standard error and become the exit code. */
export async function cli(world: World): Promise<number> {
  const { env, stdout, stderr } = world;
  const args = world.args.length === 0 ? defaultArgs(env) : world.args;
  let code = 0;
  const program = createProgram(
    async (command, operands, flags) => {
      const terminal = createTerminal({ stdout, stderr, env, quiet: flags.quiet === true });
      const interrupts = watchInterrupts(world.signals, (line) => terminal.complain(line));
      try {
        const { action } = await command.load();
        const cwd = typedAt(env, world.cwd);
        code = await action({ operands, flags, cwd, env, terminal, signal: interrupts.signal });
      } catch (error) {
        const interrupt = interruptOf(interrupts.signal);
        if (interrupt === undefined) throw error;
        if (!isAbort(error)) reportError(error, terminal, env);
        code = interrupt === 'SIGINT' ? 130 : 143;
      } finally {
        interrupts.stop();
      }
    },
    { out: (text) => void stdout.write(text) },
  );
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    const terminal = createTerminal({ stdout, stderr, env, quiet: false });
    if (!(error instanceof CommanderError)) return reportError(error, terminal, env);
    if (error.exitCode === 0) return 0;
    return reportError(wrongUsage(error, args, COMMANDS), terminal, env);
  }
}

/** Work that a signal stopped has nothing to report. */
const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

/** Returns the default command: `npm start` alone is `demo`; without arguments, the help is printed. */
function defaultArgs(env: World['env']): readonly string[] {
  return underNpmStart(env) && COMMANDS.some(({ name }) => name === 'demo') ? ['demo'] : ['help'];
}
