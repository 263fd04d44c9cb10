import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { authenticate } from '../client/token-request.ts';
import type { Environment } from '../client/environment.ts';
import type { Variant } from '../client/variant.ts';

/** The secret that the client had at its first start. */
function storedSecret({ stateDir, clientSecret = '' }: Environment): string {
  const file = join(stateDir, 'settings');
  if (!existsSync(file)) writeFileSync(file, clientSecret, { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

export default {
  bug: 'The client copies its secret into its own settings at the first start and never reads a newer one.',
  client: 'confidential',
  behaviours: {
    authenticate: (request, purpose, env) =>
      authenticate(request, purpose, { ...env, clientSecret: storedSecret(env) }),
  },
  expect: { 'ERR-12': 'warn' },
} satisfies Variant;
