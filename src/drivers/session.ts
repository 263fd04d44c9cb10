/** Manages a session of a client that the harness starts: users with state folders, and their processes. */
import type { ClientProcess, ClientSession, SessionContext } from './driver.ts';
import { openUser, type ClientUser } from './client-user.ts';
import { mayRun } from './process/outliving.ts';

/** Starts one process for a user; `session.end` ends it. */
export type StartProcess = (clientUser: ClientUser) => Promise<ClientProcess>;

/** Begins a session with its first process.
 * @param startPrevious starts a process of an earlier version of the client
 * @throws what `start` throws; nothing is left running then. */
export async function beginSession(
  context: SessionContext,
  start: StartProcess,
  startPrevious?: StartProcess,
): Promise<ClientSession> {
  const users: ClientUser[] = [];
  const processes: ClientProcess[] = [];

  /** Processes that are being started: a session that ends meanwhile ends them too. */
  const starting = new Set<Promise<ClientProcess>>();

  const startFor = async (clientUser: ClientUser, how = start): Promise<ClientProcess> => {
    const started = how(clientUser).then((process) => {
      processes.push(process);
      return process;
    });
    starting.add(started);
    return started.finally(() => starting.delete(started));
  };
  const another = async (): Promise<ClientProcess> => {
    const clientUser = await openUser(context);
    users.push(clientUser);
    return startFor(clientUser);
  };
  const end = async (): Promise<void> => {
    try {
      await Promise.allSettled(starting);
      await Promise.all(processes.map((process) => process.end()));
    } finally {
      for (const clientUser of users) await clientUser.clear();
    }
  };

  const first = await openUser(context);
  users.push(first);
  try {
    const main = await startFor(first);
    const previous = startPrevious && { previous: () => startFor(first, startPrevious) };
    const isGone = (): boolean => starting.size === 0 && !mayRun(users.map(({ stateDir }) => stateDir));
    return { main, spawn: () => startFor(first), another, ...previous, isGone, end };
  } catch (error) {
    await end();
    throw error;
  }
}
