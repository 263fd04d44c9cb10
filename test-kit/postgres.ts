/** Debian's PostgreSQL, started for one test on a free port with an empty database, by a user without privileges. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';

export interface Postgres {
  readonly url: string;
  /** Ends all connections and the server at once; `start` begins it again on the same data. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and removes its data. */
  remove(): Promise<void>;
}

const VERSIONS = '/usr/lib/postgresql';
const DEADLINE_MS = 30_000;
const run = promisify(execFile);

/** Returns why PostgreSQL cannot be started here; undefined when it can. In CI it is always undefined, so that a test that lacks it fails. */
export function whyNoPostgres(): string | undefined {
  if (programs() !== undefined || process.env['CI'] === 'true') return undefined;
  return 'PostgreSQL is not installed (Debian: apt-get install postgresql), so only PGlite is tested.';
}

function programs(): string | undefined {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS).map(Number) : [];
  const newest = versions.toSorted((a, b) => b - a)[0];
  return newest === undefined ? undefined : join(VERSIONS, String(newest), 'bin');
}

/** Returns the path of a program of PostgreSQL. */
export function postgresProgram(name: 'pg_dump' | 'pg_restore'): string {
  return join(programs() ?? '', name);
}

/** Starts a server with an empty database. PostgreSQL refuses to run as root: then it runs as the user that Debian's package creates. */
export async function startPostgres(): Promise<Postgres> {
  const bin = programs();
  if (bin === undefined) throw new Error('PostgreSQL is not installed.');
  const user = process.getuid?.() === 0 ? await debianUser() : {};
  const dir = mkdtempSync(join(tmpdir(), 'sf-conformance-postgres-'));
  chmodSync(dir, 0o777);
  const data = join(dir, 'data');
  const options = ['--no-sync', '--auth=trust', '--username=service', '--encoding=UTF8', '--no-locale'];
  await run(join(bin, 'initdb'), [...options, `--pgdata=${data}`], { ...user, cwd: '/' });
  const port = await freePort();
  const settings = [`port=${String(port)}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
  let server: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    const started = spawn(join(bin, 'postgres'), ['-D', data, ...settings.flatMap((one) => ['-c', one])], {
      ...user,
      cwd: '/',
      stdio: 'ignore',
    });
    server = started;
    const until = performance.now() + DEADLINE_MS;
    while (!(await answers(port))) {
      if (started.exitCode !== null || performance.now() > until) throw new Error('PostgreSQL did not start.');
      await delay(20);
    }
  };
  const stop = async (): Promise<void> => {
    if (server?.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGQUIT');
    await ended;
  };
  await start();
  return {
    url: `postgres://service@127.0.0.1:${String(port)}/postgres`,
    start,
    stop,
    async remove() {
      await stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function debianUser(): Promise<{ readonly uid: number; readonly gid: number }> {
  const id = async (flag: string): Promise<number> => Number((await run('id', [flag, 'postgres'])).stdout);
  return { uid: await id('-u'), gid: await id('-g') };
}

/** Whether the server takes connections: it answers a request for TLS with one byte. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])));
    socket.once('data', () => {
      resolve(true);
      socket.destroy();
    });
    socket.once('error', () => {
      resolve(false);
    });
    socket.once('close', () => {
      resolve(false);
    });
  });
}
