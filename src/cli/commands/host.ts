import { once } from 'node:events';
import { beginOf } from '../../hosting/begin.ts';
import { readHosting } from '../../hosting/environment.ts';
import type { Action } from '../command.ts';

/** SIGINT and SIGTERM are how it ends: everything is kept, and other instances go on with its tenants. */
export const action: Action = async ({ env, terminal, signal }) => {
  const options = readHosting(env);
  const { startInstance } = await import('../../../mock-server/tenants/instance.ts');
  const instance = await startInstance({ ...options, begin: beginOf });
  const { login } = instance.urls('TENANT');
  terminal.say(`Listening on ${instance.address}. Tenants are reached as ${login}.`);
  terminal.say('Ctrl+C ends this instance; the others take its tenants over.');
  if (!signal.aborted) await once(signal, 'abort');
  await instance.close();
  return 0;
};
