/** Waits until the client is idle, and no longer once nothing is left that could send a request. */
import type { Mock } from '../../mock-server/mock.ts';
import type { ClientSession } from '../drivers/driver.ts';

/** The part of the window that also passes when no process of the client is left. */
const PART = 1 / 5;

/**
 * Resolves when the client was idle for `quietMs`, or for a fifth of that while no process of it was left and no connection was open.
 * A driver that cannot see every process of its client gets the whole window, and so does a mock that cannot count its connections.
 */
export async function waitForIdle(
  mock: Pick<Mock, 'quiet' | 'connections'>,
  session: Pick<ClientSession, 'isGone'>,
  quietMs: number,
): Promise<void> {
  const nothingLeft = (): boolean => mock.connections === 0 && session.isGone?.() === true;
  if (nothingLeft()) {
    await mock.quiet(quietMs * PART);
    // A process that was just being started, or a connection that was just being made, is seen now.
    if (nothingLeft()) return;
  }
  await mock.quiet(quietMs);
}
