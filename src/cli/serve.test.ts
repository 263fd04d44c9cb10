import { spawn } from 'node:child_process';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sf-serve-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

interface SessionDetails {
  readonly loginUrl: string;
  readonly clientId: string;
}

/** Runs `serve` as a process of its own, does `work` once it listens, and ends it by `signal`. */
async function serve(
  args: readonly string[],
  signal: NodeJS.Signals,
  work: (details: SessionDetails) => Promise<unknown>,
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const child = spawn(process.execPath, [main, 'serve', ...args], {
    cwd: dir,
    timeout: 170_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = Promise.withResolvers<number | null>();
  child.on('error', ended.reject);
  child.on('close', ended.resolve);
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const ready = Promise.withResolvers<undefined>();
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
    if (err.includes('Ctrl+C')) ready.resolve(undefined);
  });
  await Promise.race([ready.promise, ended.promise]);
  const value = (name: string) => new RegExp(`${name} +(\\S+)`, 'u').exec(err)?.[1] ?? '';
  await work({ loginUrl: value('SF_LOGIN_URL'), clientId: value('SF_CLIENT_ID') });
  child.kill(signal);
  return { code: await ended.promise, out, err };
}

/** An authorization request without a challenge. */
const withoutPkce = ({ loginUrl, clientId }: SessionDetails) => {
  const query = { response_type: 'code', client_id: clientId, redirect_uri: 'http://127.0.0.1:9/callback', state: 's' };
  return fetch(`${loginUrl}/services/oauth2/authorize?${new URLSearchParams(query).toString()}`, {
    redirect: 'manual',
  });
};

it('needs no file; its normal end is a signal, and the exit code tells the verdict', { timeout: 170_000 }, async () => {
  const { code, out, err } = await serve([], 'SIGTERM', withoutPkce);
  expect(code).toBe(1);
  expect(out).toContain('PKCE-01');
  expect(err).toContain('Dashboard');
  const report = JSON.parse(await readFile(join(dir, 'reports/runs/latest/report.json'), 'utf8')) as {
    readonly run: unknown;
  };
  expect(report.run).toMatchObject({ driver: 'manual', partial: false });
  await access(join(dir, 'reports/runs/latest/index.html'));
});

it('listens where the configuration says, and exits with 2 when nothing arrived', { timeout: 170_000 }, async () => {
  const config = { app: { client: 'confidential' }, mock: { host: '127.0.0.1', port: 0 }, report: { dir: 'out' } };
  await writeFile(join(dir, 'own.json'), JSON.stringify(config));
  const { code, out, err } = await serve(['-c', 'own.json', '--json'], 'SIGINT', async ({ loginUrl }) => {
    expect(loginUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
  expect(code).toBe(2);
  expect(err).toContain('no authorization request arrived');
  expect(err).toContain('SF_CLIENT_SECRET');
  expect(JSON.parse(out)).toMatchObject({ verdict: 'inconclusive' });
  await access(join(dir, 'out/latest/report.sig'));
});

it('a file that is named must be there', async () => {
  const { code, err } = await serve(['-c', 'gone.json'], 'SIGINT', () => Promise.resolve());
  expect(code).toBe(2);
  expect(err).toContain('gone.json');
});
