/** Waits for clients that report a call before they have made it: the work of a queue or a background job is part of the call. */
import type { ClientProcess, ClientSession } from '../drivers/driver.ts';
import type { Event } from '../history/event.ts';

/** A wait for the work that clients do after they have answered; one for each worker. */
export interface LateWork {
  /** Counts a recorded request or response. */
  see(event: Event): void;
  /** Returns a session in which a call that was reported as successful before the API had answered with success ends when the client is
   * idle. */
  readonly awaited: (session: ClientSession) => ClientSession;
}

/** Creates the wait for the scenarios of one mock. @param quiet resolves when the client is idle, or when the longest wait is over */
export function createLateWork(quiet: () => Promise<unknown>): LateWork {
  let requests = 0;
  let served = 0;
  /** Whether the last wait saw no request: the client reports calls that it never makes. */
  let fruitless = false;

  const awaitedProcess = (client: ClientProcess): ClientProcess => ({
    ...client,
    authorize: (steps) => {
      fruitless = false;
      return client.authorize(steps);
    },
    call: async () => {
      const before = served;
      const answer = await client.call();
      if (answer.result !== 'ok' || served > before || fruitless) return answer;
      const seen = requests;
      await quiet();
      fruitless = requests === seen;
      return answer;
    },
  });

  return {
    see(event) {
      if (event.kind === 'request' && (event.facts.kind === 'resource' || event.facts.kind === 'token')) requests += 1;
      if (event.kind !== 'response' || event.status === 0 || event.status >= 400) return;
      if (['resource', 'userinfo', 'identity'].includes(event.endpoint)) served += 1;
    },
    awaited(session) {
      const maybe = (client: ClientProcess | undefined) => client && awaitedProcess(client);
      const { previous } = session;
      return {
        ...session,
        main: awaitedProcess(session.main),
        spawn: async () => maybe(await session.spawn()),
        another: async () => maybe(await session.another()),
        ...(previous && { previous: async () => awaitedProcess(await previous()) }),
        end: () => session.end(),
      };
    },
  };
}
