/** What docs/hosting.md says of backups: pg_dump and pg_restore, and a copy of the folder of PGlite. */
import { execFile } from 'node:child_process';
import { generateKeyPairSync, hash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openWorkspace } from '../../test-kit/command-line.ts';
import { postgresProgram, startPostgres, whyNoPostgres } from '../../test-kit/postgres.ts';
import { FIRST_LINK, linkOf } from '../history/chain.ts';
import { startHost, type HostOptions } from './host.ts';
import { openDatabase } from './store/open.ts';
import { createStore } from './store/store.ts';

const run = promisify(execFile);
const DEADLINE_MS = 400_000;
/** How soon a restored service takes the old instance for gone. The default would make the test wait for it. */
const GONE_MS = 3_000;

/** Starts an instance, and asks it with a token of the API or the cookie of a browser. */
async function open(place: Pick<HostOptions, 'dir' | 'databaseUrl' | 'goneMs'>, key: string) {
  const env = { SF_CONFORMANCE_SIGNING_KEY: key };
  const host = await startHost({ ...place, host: '127.0.0.1', port: 0, env, log: () => undefined });
  const { origin } = host;
  const ask = async (path: string, token: string, body?: object) => {
    const answer = await fetch(origin + path, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    });
    return answer.json() as Promise<Readonly<Record<string, string>>>;
  };
  const send = (path: string, cookie: string, form: Record<string, string> = {}) =>
    fetch(origin + path, {
      ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams(form) },
      headers: { cookie, origin },
    });
  return { host, origin, ask, send };
}
type Opened = Awaited<ReturnType<typeof open>>;

/** Fills a service: a live session that has ended, its share link, and another session that goes on. */
async function fill({ host, ask, send }: Opened) {
  const { token = '' } = await ask('/v1/organisations', host.firstToken ?? '', { name: 'Acme' });
  const { id: app = '' } = await ask('/v1/apps', token, { name: 'Sync' });
  const cookie = (await send('/sign-in', '', { token })).headers.get('set-cookie')?.split(';')[0] ?? '';
  const begin = async (): Promise<string> =>
    (await send(`/apps/${app}/live`, cookie)).headers.get('location')?.split('/')[2] ?? '';
  const ended = await begin();
  await send(`/live/${ended}/end`, cookie);
  await expect.poll(() => ask(`/v1/runs/${ended}`, token), { timeout: 60_000 }).toMatchObject({ state: 'ended' });
  const { url = '' } = await ask(`/v1/runs/${ended}/share-links`, token, {});
  return { token, ended, open: await begin(), shared: new URL(url).pathname };
}

/** Checks a service that was restored. */
async function check({ origin, ask }: Opened, { token, ended, open: going, shared }: Awaited<ReturnType<typeof fill>>) {
  expect((await fetch(origin + shared)).status).toBe(200);
  const workspace = await openWorkspace();
  onTestFinished(() => workspace.clear());
  const { files } = (await ask(`/v1/runs/${ended}/files`, token)) as unknown as { readonly files: readonly string[] };
  for (const file of files) {
    const answer = await fetch(`${origin}/v1/runs/${ended}/files/${file}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    mkdirSync(dirname(join(workspace.dir, 'restored', file)), { recursive: true });
    writeFileSync(join(workspace.dir, 'restored', file), Buffer.from(await answer.arrayBuffer()));
  }
  const verified = await workspace.command(['verify', 'restored', '--trust', origin]);
  expect([verified.code, verified.err]).toEqual([0, '']);
  expect(verified.out).toMatch(/Entry 1 of the log/u);

  // The session whose instance is not there any more ends, with a report of what was recorded.
  await expect.poll(() => ask(`/v1/runs/${going}`, token), { timeout: 60_000 }).toMatchObject({ state: 'ended' });
  const log = async () => (await fetch(`${origin}/v1/log`)).json() as Promise<{ number: number; link: string }>;
  return { log, last: (await ask(`/v1/runs/${going}`, token)) as unknown };
}

const folder = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'sf-conformance-backup-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};
function signingKey(dir: string): string {
  const path = join(dir, 'key.pem');
  writeFileSync(path, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return path;
}

describe.skipIf(whyNoPostgres() !== undefined)('PostgreSQL', () => {
  it(
    'is dumped while the service runs, and restored into an empty database',
    async () => {
      const [before, after] = [await startPostgres(), await startPostgres()];
      onTestFinished(() => Promise.all([before.remove(), after.remove()]).then(() => undefined));
      const dir = folder();
      const key = signingKey(dir);
      const old = await open({ dir: join(dir, 'old'), databaseUrl: before.url }, key);
      const filled = await fill(old);
      // The session that goes on has recorded something.
      const db = await openDatabase({ url: before.url, dir });
      await expect.poll(() => createStore(db).run(filled.open).lines(), { timeout: 60_000 }).not.toEqual([]);
      await db.destroy();
      const backup = join(dir, 'backup');
      await run(postgresProgram('pg_dump'), ['--format=custom', `--file=${backup}`, before.url]);
      await old.host.close(0);
      await run(postgresProgram('pg_restore'), ['--clean', '--if-exists', `--dbname=${after.url}`, backup]);
      const restored = await open({ dir: join(dir, 'new'), databaseUrl: after.url, goneMs: GONE_MS }, key);
      try {
        expect(restored.host.firstToken).toBeUndefined();
        const { log, last } = await check(restored, filled);
        expect(last).toMatchObject({ error: { code: 'repeat' } });
        // Its report is the second entry, chained to the first.
        await expect.poll(async () => (await log()).number, { timeout: 60_000 }).toBe(2);
        await expectChain(restored, filled.token, [filled.ended, filled.open]);
      } finally {
        await restored.host.close(0);
      }
    },
    DEADLINE_MS,
  );
});

it(
  'PGlite is copied as a folder while the service is stopped',
  async () => {
    const dir = folder();
    const key = signingKey(dir);
    const old = await open({ dir: join(dir, 'old') }, key);
    const filled = await fill(old);
    // Sessions that go on end with their reports when the service stops.
    await old.host.close(0);
    cpSync(join(dir, 'old'), join(dir, 'new'), { recursive: true });
    const restored = await open({ dir: join(dir, 'new') }, key);
    try {
      const { last } = await check(restored, filled);
      expect(last).toMatchObject({ error: null });
      await expectChain(restored, filled.token, [filled.ended, filled.open]);
    } finally {
      await restored.host.close(0);
    }
  },
  DEADLINE_MS,
);

/** Expects the entries of these runs to be the whole log, each chained to the one before. */
async function expectChain({ origin }: Opened, token: string, runs: readonly string[]): Promise<void> {
  const signatures = [];
  for (const one of runs) {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${origin}/v1/runs/${one}/files/report.sig`, { headers });
    signatures.push(hash('sha256', Buffer.from(await answer.arrayBuffer()), 'hex'));
  }
  const answer = await fetch(`${origin}/v1/log/${signatures[0] ?? ''}`);
  const { entries } = (await answer.json()) as { readonly entries: readonly string[] };
  let link = FIRST_LINK;
  for (const entry of entries) {
    expect(JSON.parse(entry)).toMatchObject({ prev: link });
    link = linkOf(entry);
  }
  expect(entries.map((entry) => (JSON.parse(entry) as { readonly signature: string }).signature)).toEqual(signatures);
  expect(await (await fetch(`${origin}/v1/log`)).json()).toEqual({ number: runs.length, link });
}
