// The listener that the browser comes back to (RFC 8252 §7.3). Each login knows its callback by its state.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { ConnectAgain } from './oauth.mjs';

/** How long the user may take, in milliseconds. */
const userMs = 120_000;

/** @param {string} registered redirect URI; port 0 becomes a free one */
export async function openCallback(registered) {
  const { port, pathname } = new URL(registered);
  const logins = new Map();
  const server = createServer((request, response) => {
    const { pathname: path, searchParams: query } = new URL(request.url, registered);
    const take = path === pathname ? logins.get(query.get('state')) : undefined;
    logins.delete(query.get('state'));
    const text = take ? 'You can close this page now.' : 'There is nothing to do here.';
    response.writeHead(take ? 200 : 400, { 'content-type': 'text/plain', 'cache-control': 'no-store' }).end(text);
    take?.(query);
  });
  await once(server.listen(Number(port), '127.0.0.1'), 'listening');
  const redirectUri = new URL(registered);
  redirectUri.port = String(server.address().port);

  return {
    redirectUri: redirectUri.href,
    /** The code of the callback with this state. Nothing else ends the wait, and each state counts once. */
    async code(state) {
      let timer;
      const query = await new Promise((resolve, reject) => {
        logins.set(state, resolve);
        timer = setTimeout(() => reject(new ConnectAgain('the user did not sign in')), userMs);
      }).finally(() => {
        clearTimeout(timer);
        logins.delete(state);
      });
      const issuer = query.get('iss');
      if (issuer !== null && new URL(issuer).origin !== new URL(process.env.SF_LOGIN_URL ?? issuer).origin)
        throw new ConnectAgain('the callback came from another server');
      if (!query.has('code')) throw new ConnectAgain('the login was refused');
      return query.get('code');
    },
  };
}
