/** The listener that all open logins of a process share. */
import { listen } from './listener.ts';
import type { Listener } from './listener.ts';

export interface Redirects {
  /** Opens the listener if need be and gives the redirect URI; an address of another scheme needs no listener. */
  open(): Promise<string>;
  /** One login is done; the listener closes a moment after the last. */
  release(): void;
}

/** A second delivery of a callback still gets a page, not a refused connection. */
const LINGER_MS = 1000;

/** Opens on demand. `onCallback` says whether a callback was one of ours. */
export function createRedirects(redirectUri: string, onCallback: (query: URLSearchParams) => boolean): Redirects {
  let listener: Promise<Listener> | undefined;
  let users = 0;
  const close = (): void => {
    if (users > 0) return;
    void listener?.then(
      (it) => {
        it.close();
      },
      () => undefined,
    );
    listener = undefined;
  };
  return {
    open: async () => {
      if (!redirectUri.startsWith('http:')) return redirectUri;
      users += 1;
      listener ??= listen(redirectUri, onCallback);
      try {
        return (await listener).redirectUri;
      } catch (cause) {
        users -= 1;
        listener = undefined;
        throw cause;
      }
    },
    release: () => {
      if (!redirectUri.startsWith('http:')) return;
      users -= 1;
      setTimeout(close, LINGER_MS).unref();
    },
  };
}
