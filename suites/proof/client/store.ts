/** The token store: one file in the state folder. */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { Environment } from './environment.ts';
import type { Tokens } from './tokens.ts';

export interface Store {
  /** The newest tokens, also when another process wrote them. Unreadable content counts as none. */
  read(): Tokens | undefined;
  /** Durable when it returns: a crash leaves the old tokens or the new ones, never half of them. */
  write(tokens: Tokens): void;
  clear(): void;
}

/** A store that every process on the same state folder shares. */
export function createStore(env: Environment): Store {
  const file = join(env.stateDir, 'tokens.json');
  return {
    read: () => {
      try {
        return parse(readFileSync(file, 'utf8'));
      } catch {
        return undefined;
      }
    },
    write: (tokens) => {
      mkdirSync(env.stateDir, { recursive: true, mode: 0o700 });
      const draft = `${file}.${randomUUID()}`;
      const handle = openSync(draft, 'wx', 0o600);
      try {
        writeSync(handle, JSON.stringify(tokens));
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      renameSync(draft, file);
    },
    clear: () => {
      rmSync(file, { force: true });
    },
  };
}

function parse(text: string): Tokens | undefined {
  const { accessToken, refreshToken, instanceUrl } = JSON.parse(text) as Record<string, unknown>;
  if (typeof accessToken !== 'string' || typeof instanceUrl !== 'string') return undefined;
  return { accessToken, refreshToken: typeof refreshToken === 'string' ? refreshToken : undefined, instanceUrl };
}
