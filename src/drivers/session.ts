/** A session of a client that the harness starts itself: users, each with a state folder, each with processes. */
import type { ClientProcess, ClientSession, SessionContext } from './driver.ts';
import { takeSeat, type Seat } from './seat.ts';

/** Starts one process for a user; `session.end` ends it. */
export type StartProcess = (seat: Seat) => Promise<ClientProcess>;

/** @throws what `start` throws; nothing is left behind then. */
export async function beginSession(context: SessionContext, start: StartProcess): Promise<ClientSession> {
  const seats: Seat[] = [];
  const processes: ClientProcess[] = [];

  /** Each is in `processes` when it is there: a session that is ended meanwhile ends it, too. */
  const starting = new Set<Promise<ClientProcess>>();

  const startFor = async (seat: Seat): Promise<ClientProcess> => {
    const started = start(seat).then((process) => {
      processes.push(process);
      return process;
    });
    starting.add(started);
    return started.finally(() => starting.delete(started));
  };
  const another = async (): Promise<ClientProcess> => {
    const seat = await takeSeat(context);
    seats.push(seat);
    return startFor(seat);
  };
  const end = async (): Promise<void> => {
    try {
      await Promise.allSettled(starting);
      await Promise.all(processes.map((process) => process.end()));
    } finally {
      for (const seat of seats) seat.clear();
    }
  };

  const first = await takeSeat(context);
  seats.push(first);
  try {
    const main = await startFor(first);
    return { main, spawn: () => startFor(first), another, end };
  } catch (error) {
    await end();
    throw error;
  }
}
