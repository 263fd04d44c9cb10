/** The processes of a command-line client: one for each action, and everything that still runs. */
import type { ActionAnswer, SessionContext } from '../driver.ts';
import { clientEnvironment } from '../process/process-environment.ts';
import { startProgram, type Program } from '../process/program.ts';
import { answerOf } from './exit.ts';
import type { PrintedUrlWatch } from './printed-url.ts';

export interface ProgramsOptions {
  readonly context: SessionContext;
  readonly cwd: string;
  readonly stateDir: string;
  /** Variables of the configuration. */
  readonly env: Readonly<Record<string, string>>;
  readonly withheld?: readonly string[] | undefined;
}

export interface CommandRun {
  /** Name in history: `P1`. */
  readonly id: string;
  readonly command: readonly string[];
  /** Aborted when the action is over: the process is ended. */
  readonly signal: AbortSignal;
  /** Further variables of this process. */
  readonly env?: Readonly<Record<string, string>>;
  readonly printed?: PrintedUrlWatch;
}

export interface Programs {
  /** Runs a command to its end. */
  run(parts: CommandRun): Promise<ActionAnswer>;
  /** Writes down what those that run have printed so far. */
  flush(): void;
  /** Ends all that run; `kill`: with SIGKILL, no time to leave. */
  stop(kill: boolean): Promise<void>;
}

/** What a process gets between SIGTERM and SIGKILL. */
const leaveMs = 5_000;
const gently = { terminateAfterMs: 0, killAfterMs: leaveMs } as const;

/** Creates the programs of a command driver; none runs yet. */
export function createPrograms({ context, cwd, stateDir, env, withheld }: ProgramsOptions): Programs {
  const running = new Set<Program>();
  /** Each is in `running` when it is there. */
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
