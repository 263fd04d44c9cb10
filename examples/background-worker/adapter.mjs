// What the harness talks to: the worker's own modules behind JSON lines. Nothing of OAuth is in here.
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openCallback } from './callback.mjs';
import { openConnection } from './connection.mjs';
import { ConnectAgain, newLogin } from './oauth.mjs';
import { openStore } from './store.mjs';

const connection = openConnection(openStore(join(process.env.SF_STATE_DIR, 'worker.sqlite')));
let callback;

const say = (line) => console.log(JSON.stringify(line));
const actions = {
  async authorize() {
    const { redirectUri, code } = await (callback ??= openCallback(process.env.SF_REDIRECT_URI));
    const login = newLogin(redirectUri);
    const received = code(login.state);
    say({ event: 'open', url: login.url });
    await connection.connect(login, await received);
  },
  async call() {
    const { status } = await connection.get('/services/data/v67.0/limits');
    if (status >= 300) throw new Error(`the API answered ${status}`);
    return { status };
  },
  refresh: async () => void (await connection.refresh()),
  status: async () => ({ connected: connection.connected() }),
  disconnect: () => connection.disconnect(),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, do: action } = JSON.parse(line);
  if (!Object.hasOwn(actions, action)) say({ id, unsupported: true });
  else
    actions[action]().then(
      (more) => say({ id, ok: true, ...more }),
      (error) => say({ id, ok: false, error: error.message, reauthorize: error instanceof ConnectAgain }),
    );
}
process.exit(0);
