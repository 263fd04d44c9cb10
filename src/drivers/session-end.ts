/** Ends the actions of a session with the session: actions that the harness cuts off are `interrupted`. */
import type { ClientSession, Driver, SessionContext } from './driver.ts';

/** Returns a `begin` whose sessions abort `context.ended` before they end the client. */
export function endsActions(begin: Driver['begin']): Driver['begin'] {
  return async (context: SessionContext): Promise<ClientSession> => {
    const over = new AbortController();
    // Inherits instead of copying: a context may compute its values anew each time.
    const session = await begin(Object.create(context, { ended: { value: over.signal } }) as SessionContext);
    return {
      ...session,
      end: () => {
        over.abort();
        return session.end();
      },
    };
  };
}
