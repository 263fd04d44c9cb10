/** `node tools/hosting/measure.ts [RUNS]`: how long the pages take with many runs in PostgreSQL, and a refresh through the service beside one at a local mock. */
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { completeApp } from '../../src/hosting/api/organisation-routes.ts';
import { startHost } from '../../src/hosting/host.ts';
import { openDatabase } from '../../src/hosting/store/open.ts';
import { createStore } from '../../src/hosting/store/store.ts';
import { grade } from '../../src/grade/grade.ts';
import { DEFAULT_RULES } from '../../src/history/rules.ts';
import { startMock } from '../../src/library/mock.ts';
import { loadRuleCatalogue } from '../../src/run/catalogue.ts';
import { signIn } from '../../test-kit/login.ts';
import { startPostgres } from '../../test-kit/postgres.ts';
import { sampleEvents } from '../../test-kit/sample-history.ts';

const [RUNS = 10_000] = process.argv.slice(2).map(Number);
const VISITS = 40;
const REFRESHES = 200;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const dir = mkdtempSync(join(tmpdir(), 'sf-conformance-measure-'));
const postgres = await startPostgres();

/** Returns the n-th part of numbers, in order. */
function quantile(numbers: readonly number[], part: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

async function fill() {
  const db = await openDatabase({ url: postgres.url, dir });
  const store = createStore(db);
  const id = await store.createOrganisation('Acme');
  const own = store.of(id);
  const apps: string[] = [];
  for (let n = 0; n < 20; n += 1) {
    const name = `App ${String(n)}`;
    apps.push(await own.createApp(name, completeApp({ name, client: 'public' })));
  }
  await sql`insert into runs (id, organisation, app, kind, app_name, state, verdict, summary, created_at, ended_at)
    select 'r' || lpad(n::text, 20, 'a'), ${id}, (${sql.val(apps)}::text[])[1 + n % 20], 'run', 'App ' || n % 20, 'ended', 'compliant', 'All required behaviours passed.',
    now() - n * interval '1 minute', now() - n * interval '1 minute' from generate_series(1, ${sql.lit(RUNS)}) n`.execute(
    db,
  );
  await sql`insert into audit_log (organisation, actor, action, subject)
    select ${id}, 't', 'begin run', 'r' || n from generate_series(1, ${sql.lit(RUNS)}) n`.execute(db);
  const newest = (await own.runs({ limit: 2 })).items.map((run) => run.id);
  const report = {
    ...grade(sampleEvents('failing'), await loadRuleCatalogue(DEFAULT_RULES)),
    integrity: { algorithm: 'Ed25519', publicKey: '', signature: 'report.sig' },
  };
  for (const run of newest) {
    await store.run(run).keep('report.json', Buffer.from(JSON.stringify(report)));
    await store.run(run).keep('index.html', Buffer.alloc(500_000, 'x'));
  }
  const { token } = await store.createToken({ organisation: id, name: 'CI', scopes: ['read', 'run', 'manage'] });
  await sql`analyze`.execute(db);
  await db.destroy();
  return { token, apps, newest };
}

/** Logs in by the authorization code flow and returns what refreshes: milliseconds of one refresh. */
async function connect(loginUrl: string, clientId: string): Promise<() => Promise<number>> {
  const code = Promise.withResolvers<string>();
  const listener = createServer((request, response) => {
    code.resolve(new URL(request.url ?? '', loginUrl).searchParams.get('code') ?? '');
    response.end();
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const redirect = `http://127.0.0.1:${String((listener.address() as AddressInfo).port)}/callback`;
  const verifier = randomBytes(48).toString('base64url');
  const query = new URLSearchParams({
    ...{ response_type: 'code', client_id: clientId, redirect_uri: redirect, code_challenge_method: 'S256' },
    ...{ scope: 'api refresh_token', code_challenge: createHash('sha256').update(verifier).digest('base64url') },
  });
  await signIn(`${loginUrl}/services/oauth2/authorize?${query.toString()}`);
  const ask = async (form: Record<string, string>): Promise<string> => {
    const body = new URLSearchParams({ client_id: clientId, ...form });
    const answer = await fetch(`${loginUrl}/services/oauth2/token`, { method: 'POST', body });
    const { refresh_token: next } = (await answer.json()) as { readonly refresh_token?: string };
    if (next === undefined) throw new Error(`No refresh token: ${String(answer.status)}`);
    return next;
  };
  let token = await ask({
    ...{ grant_type: 'authorization_code', redirect_uri: redirect },
    ...{ code: await code.promise, code_verifier: verifier },
  });
  listener.close();
  return async () => {
    const begun = performance.now();
    token = await ask({ grant_type: 'refresh_token', refresh_token: token });
    return performance.now() - begun;
  };
}

const { token, apps, newest } = await fill();
const host = await startHost({
  ...{ dir, databaseUrl: postgres.url, host: '127.0.0.1', port: 0, env: {} },
  log: () => undefined,
});
const post = (path: string, form: Record<string, string>, cookie = '') =>
  fetch(host.origin + path, {
    ...{ method: 'POST', body: new URLSearchParams(form), redirect: 'manual' },
    headers: { origin: host.origin, cookie },
  });
const cookie = (await post('/sign-in', { token })).headers.get('set-cookie')?.split(';')[0] ?? '';
const visit = (path: string) =>
  fetch(host.origin + path, { headers: { cookie } }).then(
    async (answer) => [answer.status, await answer.text()] as const,
  );
const older = /\?after=[\w-]+/u.exec((await visit('/'))[1])?.[0] ?? '';
const [run = '', other = ''] = newest;
const paths = [
  '/',
  `/${older}`,
  `/apps/${apps[0] ?? ''}`,
  `/runs/${run}`,
  `/runs/${run}/files/index.html`,
  '/audit',
  '/tokens',
];
say(`${String(RUNS)} runs, ${String(VISITS)} visits of each page: median and 95th percentile in milliseconds`);
for (const path of [...paths, `/compare?run=${run}&run=${other}`]) {
  const times: number[] = [];
  for (let n = 0; n < VISITS; n += 1) {
    const begun = performance.now();
    const [status] = await visit(path);
    if (status !== 200) throw new Error(`${path}: ${String(status)}`);
    times.push(performance.now() - begun);
  }
  say(
    `  ${path
      .replaceAll(/[ar][a-z2-9]{20}/gu, 'ID')
      .slice(0, 40)
      .padEnd(40)} ${quantile(times, 0.5).toFixed(1)}  ${quantile(times, 0.95).toFixed(1)}`,
  );
}

const page = (await post(`/apps/${apps[0] ?? ''}/live`, {}, cookie)).headers.get('location') ?? '';
const [, live] = await visit(page);
const typed = (name: string): string => new RegExp(`${name}</code></dt><dd><code>([^<]+)`, 'u').exec(live)?.[1] ?? '';
await using local = await startMock();
const refreshes = {
  local: await connect(local.loginUrl, local.app.clientId),
  service: await connect(typed('SF_LOGIN_URL'), typed('SF_CLIENT_ID')),
};
const times = { local: [] as number[], service: [] as number[] };
for (let n = 0; n < REFRESHES; n += 1) {
  times.local.push(await refreshes.local());
  times.service.push(await refreshes.service());
}
const [alone, hosted] = [quantile(times.local, 0.5), quantile(times.service, 0.5)];
say(
  `refresh, median of ${String(REFRESHES)}: local mock ${alone.toFixed(2)} ms, through the service ${hosted.toFixed(2)} ms (${(hosted / alone).toFixed(2)}×)`,
);
await post(`${page}end`, {}, cookie);
await host.close(10_000);
await postgres.remove();
rmSync(dir, { recursive: true, force: true });
