import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createStore } from '../client/store.ts';
import type { Tokens } from '../client/tokens.ts';
import type { Variant } from '../client/variant.ts';

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

export default {
  bug: 'The login is the secret that every job starts from; while another job runs a job keeps its tokens to itself.',
  seeded: true,
  behaviours: {
    createStore: (env) => {
      const [seed, owner] = [join(env.stateDir, 'seed.json'), join(env.stateDir, 'owner')];
      const shared = createStore(env);
      const alone = !existsSync(owner) || !isAlive(Number(readFileSync(owner, 'utf8')));
      if (alone) writeFileSync(owner, String(process.pid), { mode: 0o600 });
      let copy: Tokens | undefined =
        alone || !existsSync(seed) ? undefined : (JSON.parse(readFileSync(seed, 'utf8')) as Tokens);
      return {
        read: () => (alone ? shared.read() : copy),
        write: (tokens) => {
          if (shared.read() === undefined) writeFileSync(seed, JSON.stringify(tokens), { mode: 0o600 });
          if (alone) shared.write(tokens);
          else copy = tokens;
        },
        clear: () => {
          copy = undefined;
          if (alone) shared.clear();
        },
      };
    },
  },
  expect: { 'RTR-19': 'warn' },
} satisfies Variant;
