/** Checks whether a server listens at the callback's address, because a page that cannot be loaded does not show why. */
import { connect } from 'node:net';
import { deadline } from '../process/deadline.ts';

/** Longest sum of the pauses between attempts on a refused connection, as in the browser without a screen, and the length of each. */
const waitMs = 2_000;
const pauseMs = 50;

/** Resolves with undefined when a connection can be made, otherwise with the reason why not. */
export async function unreachable(url: URL, timeoutMs: number, signal: AbortSignal): Promise<string | undefined> {
  for (let leftMs = Math.min(waitMs, timeoutMs); ; leftMs -= pauseMs) {
    const code = await tryOnce(url, timeoutMs, signal);
    if (code === undefined) return undefined;
    const refused = code === 'ECONNREFUSED';
    if (!refused || signal.aborted || pauseMs > leftMs) {
      return refused ? `nothing listens at ${url.origin}` : `${url.origin} cannot be reached: ${code}`;
    }
    await deadline(pauseMs, signal);
  }
}

function tryOnce(url: URL, timeoutMs: number, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve('given up');
      return;
    }
    const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
    const socket = connect({ host: url.hostname.replace(/^\[|\]$/g, ''), port });
    const end = (code: string | undefined): void => {
      signal.removeEventListener('abort', givenUp);
      socket.destroy();
      resolve(code);
    };
    const givenUp = (): void => end('given up');
    signal.addEventListener('abort', givenUp, { once: true });
    socket.setTimeout(timeoutMs, () => end('no connection in time'));
    socket.once('connect', () => end(undefined));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
}
