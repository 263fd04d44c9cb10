/** Where the browser brings the callback: a listener on the loopback address (RFC 8252 §7.3). */
import type { AddressInfo } from 'node:net';

// `import` would read every export of the module, one of which loads all of `fetch`: half of what a start costs.
const { createServer } = process.getBuiltinModule('node:http');

export interface Listener {
  /** The redirect URI with the port that is really open. */
  readonly redirectUri: string;
  close(): void;
}

/** Opens it; `onCallback` says whether the callback was ours.
 * @throws Error when the port is taken. */
export async function listen(redirectUri: string, onCallback: (query: URLSearchParams) => boolean): Promise<Listener> {
  const { port, pathname, hostname } = new URL(redirectUri);
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://callback.invalid');
    const known = request.method === 'GET' && url.pathname === pathname;
    const welcome = known && onCallback(url.searchParams);
    response.writeHead(known ? (welcome ? 200 : 400) : 404, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      connection: 'close',
    });
    response.end(page(welcome ? 'You can close this page now.' : 'There is nothing to do here.'));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(Number(port || '80'), hostname === '[::1]' ? '::1' : '127.0.0.1', resolve);
  });
  const opened = (server.address() as AddressInfo).port;
  return {
    redirectUri: redirectUri.replace(
      /^(http:\/\/[^/?#]+):0(?=[/?#]|$)/,
      (_, host: string) => `${host}:${String(opened)}`,
    ),
    close: () => {
      server.close();
      server.closeIdleConnections();
    },
  };
}

/** Says nothing of what came in, and takes the code out of the address bar and the history. */
function page(sentence: string): string {
  return `<!doctype html><title>Login</title><p>${sentence}</p><script>history.replaceState(null, '', location.pathname)</script>`;
}
