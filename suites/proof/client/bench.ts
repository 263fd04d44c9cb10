/** A token server, a state folder and adapters on them, for one test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAdapter } from './adapter-process.ts';
import type { AdapterProcess } from './adapter-process.ts';
import { startTokenServer } from './token-server.ts';
import type { TokenServer } from './token-server.ts';

export interface Bench {
  readonly server: TokenServer;
  readonly stateDir: string;
  /** Starts a client of the proof on the state folder. */
  start(name: string, variables?: Readonly<Record<string, string>>): AdapterProcess;
  end(): Promise<void>;
}

/** Sets one up. */
export async function setUp(): Promise<Bench> {
  const server = await startTokenServer();
  const stateDir = mkdtempSync(join(tmpdir(), 'proof-client-'));
  const started: AdapterProcess[] = [];
  return {
    server,
    stateDir,
    start: (name, variables = {}) => {
      const adapter = startAdapter(name, {
        SF_LOGIN_URL: server.origin,
        SF_CLIENT_ID: '3MVG9client',
        SF_REDIRECT_URI: 'http://127.0.0.1:0/callback',
        SF_SCOPES: 'api refresh_token',
        SF_STATE_DIR: stateDir,
        ...variables,
      });
      started.push(adapter);
      return adapter;
    },
    end: async () => {
      await Promise.all(started.map((adapter) => adapter.kill()));
      await server.close();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}
