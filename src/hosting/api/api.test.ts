/** The API of a whole instance on PGlite. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../store/open.ts';
import { createStore } from '../store/store.ts';
import { deleteOrganisation } from '../delete-organisation.ts';
import { startHost, type Host } from '../host.ts';

const dir = mkdtempSync(join(tmpdir(), 'sf-conformance-api-'));
let host: Host;
let acme: { readonly id: string; readonly token: string };
let other: { readonly id: string; readonly token: string };
/** A run of Acme that has ended, with a report. */
let run: string;

interface Sent {
  readonly token?: string | undefined;
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

async function ask(path: string, { token, method = 'GET', body, headers = {} }: Sent = {}) {
  const answer = await fetch(host.origin + path, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const value = (
    (answer.headers.get('content-type')?.split(';')[0] ?? '').endsWith('json') ? JSON.parse(text) : text
  ) as Readonly<Record<string, unknown>>;
  return { status: answer.status, value, headers: answer.headers };
}

const organisation = async (name: string, limits: object = {}): Promise<typeof acme> =>
  (await ask('/v1/organisations', { token: host.firstToken, method: 'POST', body: { name, limits } }))
    .value as unknown as typeof acme;

beforeAll(async () => {
  // The database belongs to one process at a time: what a run leaves is put into it first.
  const db = await openDatabase({ dir });
  const store = createStore(db);
  const id = await store.createOrganisation('Acme');
  run = await store.of(id).createRun({ kind: 'run', appName: 'Sync', app: null });
  await store.run(run).append([{ seq: 1, line: '{"seq":1}' }], []);
  await store.run(run).keep('report.json', Buffer.from('{"verdict":"compliant"}'));
  await store.run(run).end({ verdict: 'compliant', summary: 'Good.' });
  const { token } = await store.createToken({ organisation: id, name: 'CI', scopes: ['read', 'run', 'manage'] });
  acme = { id, token };
  await db.destroy();
  host = await startHost({ dir, host: '127.0.0.1', port: 0, env: {}, log: () => undefined });
  other = await organisation('Other');
});
afterAll(async () => {
  await host.close(0);
  rmSync(dir, { recursive: true, force: true });
});

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly security: readonly unknown[] }>>>>;
}

it('hides everything of an organisation from another one, on every route', async () => {
  const app = (await ask('/v1/apps', { token: acme.token, method: 'POST', body: { name: 'Sync' } })).value;
  const link = (await ask(`/v1/runs/${run}/share-links`, { token: acme.token, method: 'POST', body: {} })).value;
  const token = ((await ask('/v1/tokens', { token: acme.token })).value['items'] as { readonly id: string }[])[0]?.id;
  const url = 'https://hooks.example/';
  const webhook = (await ask('/v1/webhooks', { token: acme.token, method: 'POST', body: { url } })).value['id'];
  const newRule = { kind: 'email', value: 'a@acme.example', scopes: ['read'] };
  const rule = (await ask('/v1/sign-in-rules', { token: acme.token, method: 'POST', body: newRule })).value['id'];
  const ids: Readonly<Record<string, unknown>> = {
    ...{ organisation: acme.id, app: app['id'], run, link: link['id'], token, file: 'report.json', signature: 'f' },
    ...{ webhook, rule },
  };
  const { paths } = (await ask('/v1/openapi.json')).value as unknown as Document;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security }]) => ({ path, method: method.toUpperCase(), security })),
  );
  expect(operations.length).toBeGreaterThan(25);
  for (const { path, method, security } of operations) {
    if (security.length === 0) continue;
    const place = path.replaceAll(/\{(\w+)\}/gu, (_, name: string) => String(ids[name]));
    const body = method === 'POST' ? { messages: [], name: 'x', scopes: ['read'] } : undefined;
    const name = `${method} ${path}`;
    expect((await ask(place, { method, body })).status, name).toBe(401);
    const theirs = await ask(place, { method, body, token: other.token });
    if (path.includes('{')) expect([403, 404], name).toContain(theirs.status);
    for (const id of [acme.id, app['id'], run, link['id'], token, webhook, rule]) {
      expect(JSON.stringify(theirs.value), name).not.toContain(id);
    }
  }
  expect((await ask(`/v1/runs/${run}`, { token: acme.token })).value).toMatchObject({ verdict: 'compliant' });
  expect((await ask(`/v1/apps/${String(app['id'])}`, { token: acme.token })).status).toBe(200);
  expect((await ask(`/v1/runs/${run}/files/history.jsonl`, { token: acme.token })).value).toBe('{"seq":1}\n');
});

it('keeps the scopes of tokens', async () => {
  const { token } = (
    await ask('/v1/tokens', { token: acme.token, method: 'POST', body: { name: 'r', scopes: ['read'] } })
  ).value as { readonly token: string };
  expect((await ask('/v1/runs', { token })).status).toBe(200);
  expect((await ask('/v1/apps', { token, method: 'POST', body: {} })).value).toMatchObject({ code: 'no-scope' });
  expect((await ask('/metrics', { token: acme.token })).status).toBe(403);
  expect((await ask('/metrics', { token: host.firstToken })).value).toContain('sf_conformance_runs_open 0');
  const service = { name: 'x', scopes: ['service'] };
  expect((await ask('/v1/tokens', { token: acme.token, method: 'POST', body: service })).status).toBe(400);
});

it('describes errors as problem details', async () => {
  const { status, value, headers } = await ask('/v1/runs/none', { token: acme.token });
  expect(headers.get('content-type')).toContain('application/problem+json');
  expect({ status, ...value }).toMatchObject({ status: 404, title: 'Not Found', code: 'not-found' });
  const wrong = await ask('/v1/apps', { token: acme.token, method: 'POST', body: { client: 'privat' } });
  expect(wrong.value).toMatchObject({ status: 422, code: 'config-invalid' });
  expect((await ask('/v1/runs', { token: acme.token, method: 'DELETE' })).headers.get('allow')).toBe('POST, GET');
  const large = await ask('/v1/apps', { token: acme.token, method: 'POST', body: { name: 'x'.repeat(2 << 20) } });
  expect(large.status).toBe(413);
});

it('does a request once, whose Idempotency-Key is repeated', async () => {
  const sent = { token: acme.token, method: 'POST', body: { name: 'Once' }, headers: { 'idempotency-key': 'k1' } };
  const [first, second] = [await ask('/v1/apps', sent), await ask('/v1/apps', sent)];
  expect(second.value).toEqual(first.value);
  expect((await ask('/v1/apps', { ...sent, body: { name: 'Another' } })).value).toMatchObject({
    code: 'idempotency-key',
  });
  const atOnce = { ...sent, body: { name: 'At once' }, headers: { 'idempotency-key': 'k3' } };
  const all = await Promise.all([1, 2, 3, 4].map(() => ask('/v1/apps', atOnce)));
  for (const { status } of all) expect([201, 409]).toContain(status);
  const apps = (await ask('/v1/apps', { token: acme.token })).value['items'] as readonly { readonly name: string }[];
  expect(apps.filter(({ name }) => name === 'At once')).toHaveLength(1);
  const wrong = { ...sent, body: { client: 'privat' }, headers: { 'idempotency-key': 'k4' } };
  expect([(await ask('/v1/apps', wrong)).status, (await ask('/v1/apps', wrong)).status]).toEqual([422, 422]);
  const secret = { ...sent, body: { name: 't', scopes: ['read'] }, headers: { 'idempotency-key': 'k2' } };
  expect([(await ask('/v1/tokens', secret)).status, (await ask('/v1/tokens', secret)).status]).toEqual([201, 409]);
});

it('limits requests and runs of each organisation', async () => {
  const { token } = await organisation('Small', { requestsPerMinute: 3, runs: 1 });
  const statuses = [];
  for (let n = 0; n < 5; n += 1) statuses.push((await ask('/v1/runs', { token })).status);
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
  expect(Number((await ask('/v1/runs', { token })).headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await ask('/v1/runs', { token: acme.token })).status).toBe(200);
});

it('publishes a set of keys and answers health checks', async () => {
  const { keys } = (await ask('/.well-known/sf-conformance-keys')).value as { readonly keys: readonly object[] };
  expect(keys).toEqual([expect.objectContaining({ kty: 'OKP', crv: 'Ed25519', use: 'sig', alg: 'EdDSA' })]);
  expect(JSON.stringify(keys)).not.toContain('"d"');
  expect([(await ask('/healthz')).status, (await ask('/readyz')).status]).toEqual([200, 200]);
});

it('deletes an organisation whole', async () => {
  const gone = await organisation('Gone');
  const path = `/v1/organisations/${gone.id}`;
  expect((await ask(path, { token: acme.token, method: 'DELETE' })).status).toBe(403);
  expect((await ask(path, { token: host.firstToken, method: 'DELETE' })).status).toBe(204);
  expect((await ask('/v1/runs', { token: gone.token })).status).toBe(401);
});

it('deletes an organisation in one command, without the service', async () => {
  const place = { dir: mkdtempSync(join(tmpdir(), 'sf-conformance-delete-')) };
  onTestFinished(() => rmSync(place.dir, { recursive: true, force: true }));
  const db = await openDatabase(place);
  const id = await createStore(db).createOrganisation('Gone');
  await db.destroy();
  await deleteOrganisation(id, place);
  await expect(deleteOrganisation(id, place)).rejects.toMatchObject({ code: 'no-organisation', exit: 2 });
});
