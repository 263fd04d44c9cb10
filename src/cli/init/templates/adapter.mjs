// Lets sf-conformance move your client: one JSON object a line in, one a line out.
// It works as it is, with an example client that never refreshes. Put your own in its place: login and query.
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const { SF_LOGIN_URL, SF_CLIENT_ID, SF_CLIENT_SECRET, SF_REDIRECT_URI, SF_SCOPES, SF_STATE_DIR } = process.env;
const say = (line) => console.log(JSON.stringify(line));

const actions = {
  // A login. Hand over the authorization URL instead of opening a browser; return when the login has ended.
  authorize: () => login((url) => say({ event: 'open', url })),
  // One ordinary API call, with whatever refresh and retry your client does by itself; returns { status }.
  // When your client asks its user to connect again: throw Object.assign(new Error('…'), { reauthorize: true }).
  call: () => query(),
  // Where your client can, also: refresh(), status() → { connected }, disconnect().
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, do: action } = JSON.parse(line);
  if (!Object.hasOwn(actions, action)) say({ id, unsupported: true });
  else
    actions[action]().then(
      (answer) => say({ id, ok: true, ...answer }),
      (error) => say({ id, ok: false, error: error.message, reauthorize: error.reauthorize === true }),
    );
}

// ---- The example client: replace what follows by calls of your own. ----

async function login(open) {
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(16).toString('base64url');
  const redirect = new URL(SF_REDIRECT_URI);
  const server = createServer().listen(Number(redirect.port || 80), redirect.hostname.replace(/[[\]]/g, ''));
  await once(server, 'listening');
  redirect.port = String(server.address().port);
  open(
    SF_LOGIN_URL +
      '/services/oauth2/authorize?' +
      new URLSearchParams({
        response_type: 'code',
        client_id: SF_CLIENT_ID,
        redirect_uri: redirect.href,
        scope: SF_SCOPES,
        state,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      }),
  );
  const [request, response] = await once(server, 'request');
  response.setHeader('connection', 'close').end('You can close this page now.');
  server.close();
  const { searchParams: callback } = new URL(request.url, redirect);
  if (callback.get('state') !== state) throw new Error('the callback belongs to another login');
  if (callback.has('error')) throw new Error(callback.get('error'));
  const answer = await fetch(SF_LOGIN_URL + '/services/oauth2/token', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: callback.get('code'),
      client_id: SF_CLIENT_ID,
      ...(SF_CLIENT_SECRET && { client_secret: SF_CLIENT_SECRET }),
      redirect_uri: redirect.href,
      code_verifier: verifier,
    }),
  });
  if (!answer.ok) throw new Error('the code was refused: ' + answer.status);
  await writeFile(join(SF_STATE_DIR, 'tokens.json'), await answer.text(), { mode: 0o600 });
}

async function query() {
  const { access_token: token, instance_url: instance } = JSON.parse(
    await readFile(join(SF_STATE_DIR, 'tokens.json'), 'utf8'),
  );
  const { status } = await fetch(instance + '/services/data/v62.0/limits', {
    headers: { authorization: 'Bearer ' + token },
  });
  if (status !== 200) throw new Error('the API answered ' + status + ', and the example client never refreshes');
  return { status };
}
