/** The pages of a whole instance, as a browser without scripts sees them. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startHosted, type Hosted } from '../hosted.test-support.ts';
import type { Service } from '../service.ts';
import { routesOf } from '../host.ts';
import { pageRoutes } from './pages.ts';

let hosted: Hosted;
let cookie: string;
let theirs: string;

async function visit(
  path: string,
  { as, form, origin }: { as?: string; form?: Record<string, string>; origin?: string } = {},
) {
  const answer = await fetch(hosted.host.origin + path, {
    redirect: 'manual',
    headers: {
      ...(as === undefined ? {} : { cookie: as }),
      ...(form === undefined ? {} : { origin: origin ?? hosted.host.origin }),
    },
    ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
  });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}
const signIn = async (token: string): Promise<string> =>
  (await visit('/sign-in', { form: { token } })).headers.get('set-cookie')?.split(';')[0] ?? '';

beforeAll(async () => {
  hosted = await startHosted();
  cookie = await signIn(hosted.token);
  const other = await fetch(`${hosted.host.origin}/v1/organisations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${hosted.host.firstToken ?? ''}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Other' }),
  });
  theirs = await signIn(((await other.json()) as { readonly token: string }).token);
}, 300_000);
afterAll(() => hosted[Symbol.asyncDispose]());

it('signs a browser in with a token, which the browser does not keep', async () => {
  expect((await visit('/')).headers.get('location')).toBe('/sign-in');
  expect((await visit('/sign-in', { form: { token: 'sfc_wrong' } })).status).toBe(401);
  expect(cookie).not.toContain(hosted.token);
  const home = await visit('/', { as: cookie });
  expect(home.text).toContain('Acme');
  expect(home.text).toContain(hosted.app);
  for (const run of hosted.runs) expect(home.text).toContain(run);
});

it('refuses forms of other origins', async () => {
  const foreign = await visit('/tokens', {
    as: cookie,
    form: { name: 'x', may: 'read' },
    origin: 'https://elsewhere.example',
  });
  expect(foreign.status).toBe(403);
});

it('creates an app and says what to type into the client', async () => {
  const form = {
    name: 'Billing',
    kind: 'external-client-app',
    client: 'confidential',
    redirectUri: 'https://billing.example/cb',
  };
  const made = await visit('/apps', { as: cookie, form });
  const page = await visit(made.headers.get('location') ?? '', { as: cookie });
  expect(page.text).toMatch(/3MVG9[\w.]+/u);
  expect(page.text).toMatch(/[0-9A-F]{64}/u);
  expect(page.text).toContain('https://billing.example/cb');
});

it('shares and publishes a report, and takes both back', async () => {
  const [run] = hosted.runs;
  const shared = await visit(`/runs/${run}/share`, { as: cookie, form: {} });
  const link = /\/shared\/[\w-]{43}/u.exec(shared.text)?.[0] ?? '';
  const report = await visit(link);
  expect([report.status, report.text]).toEqual([200, '<!doctype html><title>compliant</title>']);
  expect(report.headers.get('content-security-policy')).toContain('sandbox');
  const page = await visit(`/runs/${run}`, { as: cookie });
  await visit(/\/share-links\/\w+\/revoke/u.exec(page.text)?.[0] ?? '', { as: cookie, form: {} });
  expect((await visit(link)).status).toBe(404);

  await visit(`/runs/${run}/publish`, { as: cookie, form: {} });
  const published = /\/published\/s[a-z2-9]{20}/u.exec((await visit(`/runs/${run}`, { as: cookie })).text)?.[0] ?? '';
  expect((await visit(published)).status).toBe(200);
  expect((await visit(`${published}/badge.svg`)).text).toContain('<svg');
  await visit(`/runs/${run}/withdraw`, { as: cookie, form: {} });
  expect((await visit(published)).status).toBe(404);
});

it('compares runs', async () => {
  const query = hosted.runs.map((run) => `run=${run}`).join('&');
  const { status, text } = await visit(`/compare?${query}`, { as: cookie });
  expect(status).toBe(200);
  expect(text).toContain('Checks that differ');
});

it('hides everything of an organisation from another one, on every page', async () => {
  await visit('/webhooks', { as: cookie, form: { url: 'https://hooks.example/' } });
  const [, webhook = ''] = /\/webhooks\/(w[a-z2-9]{20})"/u.exec((await visit('/webhooks', { as: cookie })).text) ?? [];
  await visit('/sign-in-rules', { as: cookie, form: { kind: 'email', value: 'a@acme.example', may: 'read' } });
  const [, rule = ''] =
    /\/sign-in-rules\/(u[a-z2-9]{20})/u.exec((await visit('/sign-in-rules', { as: cookie })).text) ?? [];
  const ids: Readonly<Record<string, string>> = {
    ...{ webhook, rule },
    ...{ run: hosted.runs[0], app: hosted.app, file: 'index.html' },
    ...{ token: /t[a-z2-9]{20}/u.exec(hosted.token)?.[0] ?? '', link: 'sxxxxxxxxxxxxxxxxxxxx', secret: 'x', name: 'x' },
  };
  const service = { origin: hosted.host.origin } as Service;
  expect([webhook, rule]).not.toContain('');
  const routes = pageRoutes(service, routesOf(service));
  expect(routes.length).toBeGreaterThan(20);
  for (const { method, path, scope } of routes) {
    if (scope === 'anyone' || path === '/sign-out') continue;
    const place = path.replaceAll(/:(\w+)\*?/gu, (_, name: string) => ids[name] ?? '');
    const form = method === 'POST' ? { form: { name: 'x', may: 'read' } } : {};
    const name = `${method} ${path}`;
    expect((await visit(place, form)).headers.get('location'), name).toBe('/sign-in');
    const seen = await visit(place, { as: theirs, ...form });
    if (path.includes(':')) expect(seen.status, name).toBe(404);
    for (const id of [...hosted.runs, hosted.app, webhook, rule, 'Acme']) expect(seen.text, name).not.toContain(id);
  }
  expect((await visit(`/compare?run=${hosted.runs[0]}`, { as: theirs })).status).toBe(404);
});

it('hides a live session from another organisation and from strangers, on every path of its page', async () => {
  const page = (await visit(`/apps/${hosted.app}/live`, { as: cookie, form: {} })).headers.get('location') ?? '';
  const mock = /SF_LOGIN_URL<\/code><\/dt><dd><code>([^<]+)/u.exec((await visit(page, { as: cookie })).text)?.[1];
  expect(mock).toMatch(/^http:/u);
  const reads = ['', 'page', 'enter.js', 'style.css', 'script.js', 'live', 'view', 'report', 'events'];
  const orders = ['reply', 'observe', 'stop', 'write', 'start-over', 'actions/expire', 'guide/login', 'end'];
  for (const as of [undefined, theirs]) {
    for (const path of reads) {
      const seen = await visit(page + path, as === undefined ? {} : { as });
      expect([seen.status, seen.headers.get('location')], path).toEqual([
        302,
        page.replace('/live/', '/runs/').slice(0, -1),
      ]);
      expect(seen.text, path).not.toContain(mock);
    }
    for (const path of orders) {
      const seen = await visit(page + path, { ...(as === undefined ? {} : { as }), form: {} });
      expect(seen.status, path).toBe(404);
    }
  }
  const view = await visit(`${page}view`, { as: cookie });
  expect(JSON.parse(view.text)).toMatchObject({ ended: false });
  expect((await visit(`${page}end`, { as: cookie, form: {}, origin: 'https://elsewhere.example' })).status).toBe(404);
  expect((await visit(`${page}end`, { as: cookie, form: {} })).status).toBe(200);
});

it('signs browsers out with their token', async () => {
  const { text } = await visit('/tokens', { as: cookie, form: { name: 'short', may: 'read' } });
  const token = /sfc_[\w-]+/u.exec(text)?.[0] ?? '';
  const browser = await signIn(token);
  expect((await visit('/', { as: browser })).status).toBe(200);
  expect((await visit('/tokens', { as: browser })).status).toBe(403);
  await visit(`/tokens/${token.slice(4, 25)}/revoke`, { as: cookie, form: {} });
  expect((await visit('/', { as: browser })).headers.get('location')).toBe('/sign-in');
  expect((await visit('/audit', { as: cookie })).text).toContain('revoke token');
});
