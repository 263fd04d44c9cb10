/** A token server, a state folder and adapters on them, for one test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startAdapter } from './adapter-process.ts';
import type { AdapterProcess } from './adapter-process.ts';
import { startTokenServer } from './token-server.test-support.ts';
import type { TokenServer } from './token-server.test-support.ts';

export interface Bench {
  readonly server: TokenServer;
  readonly stateDir: string;
  /** Starts a client of the proof, or the adapter in a file, on the state folder. */
  start(client: string | URL, variables?: Readonly<Record<string, string>>): AdapterProcess;
  end(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('main.mjs', import.meta.url));

/** Sets one up. */
export async function setUp(): Promise<Bench> {
  const server = await startTokenServer();
  const stateDir = mkdtempSync(join(tmpdir(), 'proof-client-'));
  const started: AdapterProcess[] = [];
  return {
    server,
    stateDir,
    start: (client, variables = {}) => {
      const command = typeof client === 'string' ? [MAIN, client] : [fileURLToPath(client)];
      const adapter = startAdapter(command, {
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
