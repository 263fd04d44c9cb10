// The application: any number of these processes work on the same jobs with the same connection.
//   node worker.mjs connect     once, by hand
//   node worker.mjs             as often as you like, on one machine
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openCallback } from './callback.mjs';
import { openConnection } from './connection.mjs';
import { ConnectAgain, newLogin } from './oauth.mjs';
import { openStore } from './store.mjs';

const pauseMs = 60_000;
const connection = openConnection(openStore(join(process.env.SF_STATE_DIR ?? '.', 'worker.sqlite')));

if (process.argv[2] === 'connect') {
  const callback = await openCallback(process.env.SF_REDIRECT_URI ?? 'http://127.0.0.1:0/callback');
  const login = newLogin(callback.redirectUri);
  console.log(`Open this in a browser:\n${login.url}`);
  await connection.connect(login, await callback.code(login.state));
  console.log('Connected.');
  process.exit(0);
}

for (;;) {
  try {
    const { status } = await connection.get('/services/data/v67.0/limits');
    console.log(`limits: ${status}`);
  } catch (error) {
    console.error(error.message);
    // Security wants to know (possible compromise); the job must not go on asking.
    if (error instanceof ConnectAgain) process.exit(1);
  }
  await sleep(pauseMs);
}
