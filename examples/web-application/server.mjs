// The application: each browser has a session of its own, and each session a Salesforce connection of its own.
import { join } from 'node:path';
import express from 'express';
import { openConnections } from './connections.mjs';
import { authorizationUrl, ConnectAgain, isIssuer, random } from './oauth.mjs';
import { openStore } from './store.mjs';

const { PORT = '4190', SF_STATE_DIR = '.', TOKEN_KEY } = process.env;
if (!TOKEN_KEY) throw new Error('TOKEN_KEY is not set: the tokens are encrypted with it.');
/** How long the user may take, in milliseconds, and how many logins are open at most. */
const userMs = 600_000;
const mostLogins = 10_000;

const connections = openConnections(openStore(join(SF_STATE_DIR, 'application.sqlite'), TOKEN_KEY));
/** What a login keeps to itself until its callback, by state. */
const logins = new Map();

// In production, behind TLS: add `secure: true` and the prefix __Host- to the names.
const cookie = { httpOnly: true, sameSite: 'lax', path: '/' };
const cookiesOf = (request) =>
  new Map(
    (request.get('cookie') ?? '')
      .split('; ')
      .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
const sessionOf = (request) => cookiesOf(request).get('app_session') ?? '';
/** A callback counts in the browser that began the login, whatever else that browser does meanwhile. */
const mark = (state) => `app_login_${state.slice(0, 8)}`;

const app = express();
app.disable('x-powered-by');
app.use((request, response, next) => {
  response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
  next();
});

app.get('/healthz', (request, response) => void response.send('ok'));

app.get('/auth/salesforce', (request, response) => {
  const [state, verifier] = [random(), random()];
  if (logins.size >= mostLogins) logins.delete(logins.keys().next().value);
  logins.set(state, verifier);
  setTimeout(() => logins.delete(state), userMs).unref();
  response.cookie(mark(state), state, { ...cookie, maxAge: userMs });
  response.redirect(authorizationUrl(state, verifier));
});

app.get('/auth/callback', async (request, response) => {
  const { state, code, iss } = request.query;
  const verifier =
    typeof state === 'string' && cookiesOf(request).get(mark(state)) === state ? logins.get(state) : undefined;
  if (verifier === undefined) return void response.status(400).send('There is nothing to do here.');
  // Once, however it ends.
  logins.delete(state);
  response.clearCookie(mark(state), cookie);
  if (!isIssuer(iss)) return void response.status(400).send('This answer came from another server.');
  if (typeof code !== 'string') return void response.status(403).send('Salesforce did not sign you in.');
  // A new session for a new login: an attacker cannot have planted it (session fixation).
  const session = random();
  await connections.connect(session, code, verifier);
  await connections.disconnect(sessionOf(request));
  response.cookie('app_session', session, cookie);
  response.redirect('/');
});

app.get('/', (request, response) => {
  response.send(
    connections.connected(sessionOf(request)) ? 'Connected.' : '<a href="/auth/salesforce">Connect to Salesforce</a>',
  );
});

app.get('/api/accounts', async (request, response) => {
  const path = '/services/data/v67.0/query?q=SELECT+Id,Name+FROM+Account';
  const { status, text } = await connections.get(sessionOf(request), path);
  // What Salesforce refuses is not a matter of this session.
  response
    .status(status < 300 ? 200 : 502)
    .type('json')
    .send(text);
});

app.get('/api/connection', (request, response) => {
  response.status(connections.connected(sessionOf(request)) ? 204 : 404).end();
});

// SameSite=Lax: pages of others cannot send these with the cookie.
app.post('/api/connection/refresh', async (request, response) => {
  await connections.refresh(sessionOf(request));
  response.status(204).end();
});

app.post('/auth/logout', async (request, response) => {
  await connections.disconnect(sessionOf(request));
  response.clearCookie('app_session', cookie).status(204).end();
});

app.use((error, request, response, next) => {
  console.error(error.message);
  if (response.headersSent) return void next(error);
  const again = error instanceof ConnectAgain;
  response.status(again ? 401 : 502).json({ error: again ? 'connect again' : 'Salesforce cannot be reached' });
});

app.listen(Number(PORT), '127.0.0.1');
