// Serves the files of `page/`, and gives the page the settings of its app. Nothing else: a public client has no server that holds secrets.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const { PORT = '4180', SF_LOGIN_URL, SF_CLIENT_ID, SF_SCOPES, WITHOUT_LOCK } = process.env;

const files = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/callback': ['index.html', 'text/html; charset=utf-8'],
  '/app.js': ['app.js', 'text/javascript; charset=utf-8'],
  '/salesforce.js': ['salesforce.js', 'text/javascript; charset=utf-8'],
  '/token-store.js': ['token-store.js', 'text/javascript; charset=utf-8'],
};

const settings = {
  loginUrl: SF_LOGIN_URL,
  clientId: SF_CLIENT_ID,
  scopes: SF_SCOPES,
  // For a test only: what happens when tabs do not share one refresh.
  ...(WITHOUT_LOCK === undefined ? {} : { lock: false }),
};

/** No foreign script, no foreign frame, and no URL of the page is sent to others. The instance is known at run time only. */
const headers = {
  'Content-Security-Policy': "default-src 'self'; connect-src *; frame-ancestors 'none'; base-uri 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
};

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (request.method !== 'GET') return response.writeHead(405, headers).end();
  if (pathname === '/settings.json') {
    return response.writeHead(200, { ...headers, 'Content-Type': 'application/json' }).end(JSON.stringify(settings));
  }
  const file = files[pathname];
  if (file === undefined) return response.writeHead(404, headers).end();
  const [name, type] = file;
  const text = await readFile(new URL(`page/${name}`, import.meta.url));
  return response.writeHead(200, { ...headers, 'Content-Type': type }).end(text);
});

server.listen(Number(PORT), '127.0.0.1', () => console.log(`The page is at http://127.0.0.1:${PORT}/`));
