import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStore } from '../client/store.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'All users of the machine share one token file.',
  behaviours: {
    createStore: (env) => {
      const app = createHash('sha256').update(`${env.loginUrl} ${env.clientId}`).digest('hex').slice(0, 16);
      return createStore({ ...env, stateDir: join(tmpdir(), `sf-conformance-proof-${app}`) });
    },
  },
  expect: { 'RACE-11': 'warn' },
} satisfies Variant;
