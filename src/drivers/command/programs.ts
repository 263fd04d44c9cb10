/** Runs the processes of a command-line client: one for each action, and any that still run. */
import type { ActionAnswer, SessionContext } from '../driver.ts';
import { clientEnvironment } from '../process/process-environment.ts';
import { startProgram, type Program } from '../process/program.ts';
import { answerOf } from './exit.ts';
import type { PrintedUrlWatch } from './printed-url.ts';

/** Options of `createPrograms`. */
export interface ProgramsOptions {
  readonly context: SessionContext;
  readonly cwd: string;
  readonly stateDir: string;
  /** Variables that the configuration sets. */
  readonly env: Readonly<Record<string, string>>;
  readonly withheld?: readonly string[] | undefined;
}

/** One command to run. */
export interface CommandRun {
  /** Name in the history: `P1`. */
  readonly id: string;
  readonly command: readonly string[];
  /** Aborted when the action is over, which ends the process. */
  readonly signal: AbortSignal;
  /** Further variables for this process. */
  readonly env?: Readonly<Record<string, string>>;
  readonly printed?: PrintedUrlWatch;
}

/** The processes of one user of a command-line client. */
export interface Programs {
  /** Runs a command and resolves with its answer. */
  run(parts: CommandRun): Promise<ActionAnswer>;
  /** Records the output of running processes so far. */
  flush(): void;
  /** Ends all running processes; `kill`: with SIGKILL, without time to clean up. */
  stop(kill: boolean): Promise<void>;
}

/** Milliseconds between SIGTERM and SIGKILL. */
const leaveMs = 5_000;
const gently = { terminateAfterMs: 0, killAfterMs: leaveMs } as const;

/** Creates the programs of a command driver; none is running. */
export function createPrograms({ context, cwd, stateDir, env, withheld }: ProgramsOptions): Programs {
  const running = new Set<Program>();
  /** Processes that are being started; each is in `running` once it runs. */
  const starting = new Set<Promise<Program>>();

  const start = async ({ id, command, printed, env: more = {} }: CommandRun): Promise<Program> => {
    const started = startProgram(context, {
      ...{ id, command, cwd, input: false, endsByItself: true },
      env: clientEnvironment(process.env, { ...context.env, SF_STATE_DIR: stateDir, ...more }, env, withheld),
      onLine: ({ text }) => {
        printed?.line(text);
        return false;
      },
      onPartial: (text) => printed?.partial(text),
    }).then((program) => {
      running.add(program);
      return program;
    });
    starting.add(started);
    return started.finally(() => starting.delete(started));
  };
  return {
    async run(parts) {
      const { signal } = parts;
      const program = await start(parts);
      const giveUp = (): void => void program.stop(gently);
      if (signal.aborted) giveUp();
      signal.addEventListener('abort', giveUp, { once: true });
      const end = await program.ended;
      signal.removeEventListener('abort', giveUp);
      running.delete(program);
      return answerOf(end, program.evidence.lastError);
    },
    flush() {
      for (const program of running) program.evidence.flush();
    },
    async stop(kill) {
      await Promise.allSettled(starting);
      await Promise.all([...running].map((program) => program.stop(kill ? { killAfterMs: 0 } : gently)));
    },
  };
}
