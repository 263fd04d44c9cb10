/** The http driver: a web application, and a browser without a screen (contract, section 4). */
import type { DriverPlace, HttpConfig } from './config.ts';
import type { ClientSession, SessionContext } from './driver.ts';
import { startApplication } from './http/application.ts';
import { createVisitor, type Application } from './http/visitor.ts';
import { within } from './process/deadline.ts';
import type { Program } from './process/program.ts';
import { takeSeat } from './seat.ts';

/** What the application gets between SIGTERM and SIGKILL. */
const leaveMs = 5_000;
/** A connection breaks a moment before the end of its process is known. */
const deathMs = 250;

/** @throws Trouble `driver-command-missing`, `driver-port-in-use`, `driver-not-ready`. */
export async function beginHttp(
  config: HttpConfig,
  place: DriverPlace,
  context: SessionContext,
): Promise<ClientSession> {
  const appOrigin = new URL(config.baseUrl).origin;
  const id = `P${context.next('process')}`;
  const first = await takeSeat(context, appOrigin);
  const seats = [first];
  let program: Program | undefined;
  let ready: Promise<void> = Promise.resolve();
  const clear = (): void => {
    for (const seat of seats) seat.clear();
  };
  const start = async (): Promise<void> => {
    if (config.start === undefined) return;
    const { stateDir, browser } = first;
    program = await startApplication({ context, config, start: config.start, place, id, stateDir, browser });
  };
  const stop = async (killAfterMs: number): Promise<void> => {
    await program?.stop({ ...(killAfterMs > 0 ? { terminateAfterMs: 0 } : {}), killAfterMs });
  };
  const application: Application = {
    id,
    ready: () => ready,
    flush: () => program?.evidence.flush(),
    gone: async () => program !== undefined && (!program.running || (await within(program.ended, deathMs))),
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
  };

  try {
    await start();
  } catch (error) {
    clear();
    throw error;
  }
  return {
    main: createVisitor(application, config, context, first),
    spawn: async () => undefined,
    another: async () => {
      const seat = await takeSeat(context, appOrigin);
      seats.push(seat);
      return createVisitor(application, config, context, seat);
    },
    end: async () => {
      try {
        await ready;
        await stop(leaveMs);
      } finally {
        clear();
      }
    },
  };
}
