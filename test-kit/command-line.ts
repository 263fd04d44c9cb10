/** Runs the command line as a real process, against small clients that are written on the spot. */
import { spawn } from 'node:child_process';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const PROOF = fileURLToPath(new URL('../suites/proof/client/main.mjs', import.meta.url));
/** Ends a command that hangs. */
const DEADLINE_MS = 170_000;

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

type Watch = (said: string, kill: (signal: NodeJS.Signals) => void) => void;

export interface Workspace {
  readonly dir: string;
  /** Runs the command in `dir`, without anybody's settings of colour, proxy or CI; `watch` sees standard error as it grows. */
  command(args: readonly string[], env?: Readonly<Record<string, string>>, watch?: Watch): Promise<Ended>;
  /** Runs `serve` in `dir`, does `work` once it listens, given what it said so far, and ends it by `signal`. */
  serve(args: readonly string[], signal: NodeJS.Signals, work: (said: string) => Promise<unknown>): Promise<Ended>;
  /** Writes `NAME.json`, a configuration; returns its name. */
  config(name: string, config: Readonly<Record<string, unknown>>): Promise<string>;
  /** Writes a client that is the body of an async function and a configuration that starts it; returns the latter's name. */
  client(name: string, body: string, more?: Readonly<Record<string, unknown>>): Promise<string>;
  clear(): Promise<void>;
}

/** A folder of its own. */
export async function openWorkspace(): Promise<Workspace> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'sf-workspace-')));
  const config: Workspace['config'] = async (name, value) => {
    await writeFile(join(dir, `${name}.json`), JSON.stringify(value));
    return `${name}.json`;
  };
  return {
    dir,
    config,
    client: async (name, body, more = {}) => {
      await writeFile(join(dir, `${name}.mjs`), `${PRELUDE}\n${body}\n`);
      return config(name, { driver: { type: 'adapter', command: [process.execPath, `${name}.mjs`] }, ...more });
    },
    command: (args, env, watch) => start(dir, args, env, watch),
    serve: async (args, signal, work) => {
      let worked: Promise<unknown> | undefined;
      const ended = await start(dir, ['serve', ...args], {}, (said, kill) => {
        if (worked !== undefined || !said.includes('Ctrl+C')) return;
        worked = work(said).finally(() => {
          kill(signal);
        });
        // It is waited for below, when the process has ended.
        worked.catch(() => undefined);
      });
      await worked;
      return ended;
    },
    clear: () => rm(dir, { recursive: true, force: true }),
  };
}

/** The driver section that starts a client of the proof. */
export function proofClient(name: string): Readonly<Record<string, unknown>> {
  return { type: 'adapter', command: [process.execPath, PROOF, name] };
}

/** What the small clients begin with: `next()` is the next request, `say` answers, `url()` an authorization URL as it should be. */
const PRELUDE = `
import { createHash, randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const next = async () => JSON.parse((await lines.next()).value ?? '{}');
const say = (message) => process.stdout.write(JSON.stringify(message) + '\\n');
const verifier = randomBytes(48).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');
const { SF_LOGIN_URL: login, SF_CLIENT_ID: id } = process.env;
const url = (redirect) => login + '/services/oauth2/authorize?' + new URLSearchParams({ response_type: 'code', client_id: id,
  redirect_uri: redirect, state: randomBytes(16).toString('hex'), code_challenge: challenge, code_challenge_method: 'S256' });
`;

function start(
  cwd: string,
  args: readonly string[],
  extra: Readonly<Record<string, string>> = {},
  watch: Watch = () => undefined,
): Promise<Ended> {
  const { FORCE_COLOR: _color, CI: _ci, DEBUG: _debug, HTTP_PROXY: _upper, http_proxy: _lower, ...env } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], {
      cwd,
      env: { ...env, ...extra },
      timeout: DEADLINE_MS,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const text = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (text.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => {
      text.err += chunk.toString();
      watch(text.err, (signal) => child.kill(signal));
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...text }));
  });
}
