// Lets sf-conformance move your client: one JSON object a line in, one a line out.
// It works as it is, with an example client that never refreshes. Put your own in its place: login and query.
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

interface Answer {
  status?: number;
  connected?: boolean;
}

const { SF_LOGIN_URL = '', SF_CLIENT_ID = '', SF_CLIENT_SECRET, SF_REDIRECT_URI = '' } = process.env;
const { SF_SCOPES = '', SF_STATE_DIR = '' } = process.env;
const say = (line: object): void => console.log(JSON.stringify(line));

const actions: Record<string, () => Promise<Answer>> = {
  // A login. Hand over the authorization URL instead of opening a browser; return when the login has ended.
  authorize: () => login((url) => say({ event: 'open', url })),
  // One ordinary API call, with whatever refresh and retry your client does by itself; returns { status }.
  // When your client asks its user to connect again: throw Object.assign(new Error('…'), { reauthorize: true }).
  call: () => query(),
  // Where your client can, also: refresh(), status() → { connected }, disconnect().
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, do: name } = JSON.parse(line) as { id: number; do: string };
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (action === undefined) say({ id, unsupported: true });
  else
    action().then(
      (answer) => say({ id, ok: true, ...answer }),
      (error: Error & { reauthorize?: boolean }) =>
        say({ id, ok: false, error: error.message, reauthorize: error.reauthorize === true }),
    );
}

// ---- The example client: replace what follows by calls of your own. ----

async function login(open: (url: string) => void): Promise<Answer> {
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(16).toString('base64url');
  const redirect = new URL(SF_REDIRECT_URI);
  const server = createServer().listen(Number(redirect.port || 80), redirect.hostname.replace(/[[\]]/g, ''));
  await once(server, 'listening');
  redirect.port = String((server.address() as AddressInfo).port);
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: SF_CLIENT_ID,
    redirect_uri: redirect.href,
    scope: SF_SCOPES,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  open(SF_LOGIN_URL + '/services/oauth2/authorize?' + query.toString());
  const [request, response] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
  response.setHeader('connection', 'close').end('You can close this page now.');
  server.close();
  const { searchParams: callback } = new URL(request.url ?? '/', redirect);
  if (callback.get('state') !== state) throw new Error('the callback belongs to another login');
  if (callback.has('error')) throw new Error(callback.get('error') ?? '');
  const answer = await fetch(SF_LOGIN_URL + '/services/oauth2/token', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: callback.get('code') ?? '',
      client_id: SF_CLIENT_ID,
      ...(SF_CLIENT_SECRET ? { client_secret: SF_CLIENT_SECRET } : {}),
      redirect_uri: redirect.href,
      code_verifier: verifier,
    }),
  });
  if (!answer.ok) throw new Error('the code was refused: ' + String(answer.status));
  await writeFile(join(SF_STATE_DIR, 'tokens.json'), await answer.text(), { mode: 0o600 });
  return {};
}

async function query(): Promise<Answer> {
  const stored = JSON.parse(await readFile(join(SF_STATE_DIR, 'tokens.json'), 'utf8')) as Record<string, string>;
  const { status } = await fetch(String(stored.instance_url) + '/services/data/v62.0/limits', {
    headers: { authorization: 'Bearer ' + String(stored.access_token) },
  });
  if (status !== 200)
    throw new Error('the API answered ' + String(status) + ', and the example client never refreshes');
  return { status };
}
