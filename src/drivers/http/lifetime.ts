/** Manages the life of a web application: started as configured, restarted, ended. */
import type { DriverPlace } from '../config.ts';
import { interrupted } from '../action.ts';
import type { ActionAnswer, SessionContext } from '../driver.ts';
import { within } from '../process/deadline.ts';
import type { Program } from '../process/program.ts';
import type { ClientUser } from '../client-user.ts';
import { startApplication, type ServedConfig } from './application.ts';
import type { Application } from './visitor.ts';

/** Milliseconds between SIGTERM and SIGKILL. */
const leaveMs = 5_000;
/** Milliseconds until the end of a process is known after its connection broke. */
const deathMs = 1_000;

const died: ActionAnswer = { result: 'died', error: 'the application’s process has ended' };

/** What the life of an application depends on. */
export interface LifetimeParts {
  readonly context: SessionContext;
  readonly config: ServedConfig;
  readonly place: DriverPlace;
  /** Name in the history: `P1`. */
  readonly id: string;
  /** The user whose state folder the application gets, and whose browser checks whether it is ready. */
  readonly clientUser: ClientUser;
}

/** A web application that the session starts and ends itself. */
export interface OwnedApplication extends Application {
  /** Starts the application.
   * @throws HarnessError `driver-command-missing`, `driver-port-in-use`, `driver-not-ready`. */
  start(): Promise<void>;
  end(): Promise<void>;
}

/** Creates the application without starting it. Without `start` in the configuration it is never started. */
export function createApplication({ context, config, place, id, clientUser }: LifetimeParts): OwnedApplication {
  let program: Program | undefined;
  let ready: Promise<void> = Promise.resolve();
  const start = async (): Promise<void> => {
    if (config.start === undefined) return;
    const { stateDir, browser } = clientUser;
    program = await startApplication({ context, config, start: config.start, place, id, stateDir, browser });
  };
  const stop = async (killAfterMs: number): Promise<void> => {
    await program?.stop({ ...(killAfterMs > 0 ? { terminateAfterMs: 0 } : {}), killAfterMs });
  };
  return {
    id,
    ready: () => ready,
    flush: () => program?.evidence.flush(),
    async gone() {
      const ended = program?.ended;
      if (ended === undefined || !(await within(ended, deathMs))) return undefined;
      return (await ended).stopped ? interrupted : died;
    },
    async restart(kill) {
      if (config.start === undefined) return { result: 'unsupported' };
      const gate = Promise.withResolvers<undefined>();
      ready = gate.promise;
      try {
        await stop(kill ? 0 : leaveMs);
        await start();
        return { result: 'ok' };
      } catch (error) {
        return { result: 'failed', error: error instanceof Error ? error.message : String(error) };
      } finally {
        gate.resolve(undefined);
      }
    },
    start,
    async end() {
      await ready;
      await stop(leaveMs);
    },
  };
}
