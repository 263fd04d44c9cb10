import { request } from 'node:http';
import { onTestFinished, expect, test } from 'vitest';
import type { Event } from '../../src/history/event.ts';
import { stage } from '../fixtures/stage.ts';
import { createFeed } from './feed.ts';
import { startManagement, type Management } from './management.ts';

async function setUp() {
  const feed = createFeed(5);
  const set = await stage();
  const management = await startManagement({ mock: set.mock, feed });
  onTestFinished(() => management.close());
  return { ...set, feed, management };
}

interface Reply {
  readonly status: number;
  readonly text: string;
  readonly cookie: string;
}

/** With every header as it is given: fetch sets Host and Origin by itself. */
function ask(
  management: Management,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const url = new URL(path, management.origin);
    const sent = request(url, { method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('end', () => {
        const cookie = response.headers['set-cookie']?.[0] ?? '';
        resolve({ status: response.statusCode ?? 0, text, cookie });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const bearer = ({ token }: Management) => ({ authorization: `Bearer ${token}` });
const event = (seq: number): Event => ({ seq, t: seq, scenario: '', prev: '', kind: 'note', text: `n${String(seq)}` });

test('refuses every request without the token, whatever the path', async () => {
  const { management, of } = await setUp();
  for (const [method, path] of [
    ['GET', '/state'],
    ['GET', '/events'],
    ['POST', '/expire'],
    ['GET', '/nothing'],
  ] as const) {
    expect((await ask(management, method, path)).status).toBe(401);
    expect((await ask(management, method, path, { authorization: 'Bearer guess' })).status).toBe(401);
    expect((await ask(management, method, path, { authorization: `Basic ${management.token}` })).status).toBe(401);
  }
  expect(of('control')).toEqual([]);
});

test('answers under the names of this machine only, against DNS rebinding', async () => {
  const { management } = await setUp();
  const { port } = new URL(management.origin);
  const status = async (host: string) =>
    (await ask(management, 'GET', '/state', { ...bearer(management), host })).status;
  expect(await status(`localhost:${port}`)).toBe(200);
  expect(await status(`127.0.0.1:${port}`)).toBe(200);
  expect(await status(`evil.example:${port}`)).toBe(421);
  expect(await status('127.0.0.1:1')).toBe(421);
  expect(await status(`127.0.0.1.evil.example:${port}`)).toBe(421);
});

/** The token of a page, for the ticket of a link. */
async function enter(management: Management, link = management.link()): Promise<Reply> {
  const ticket = /#ticket=([\w-]+)$/.exec(link)?.[1];
  return ask(management, 'POST', '/session', {}, JSON.stringify({ ticket }));
}

test('a link lets one page in, once, with a token that no browser sends by itself', async () => {
  const { management } = await setUp();
  const link = management.link();
  expect(new URL(link).search).toBe('');
  const first = await enter(management, link);
  expect(first).toMatchObject({ status: 200, cookie: '' });
  const { token } = JSON.parse(first.text) as { readonly token: string };
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(token).not.toBe(management.token);
  expect(await enter(management, link)).toMatchObject({ status: 403, cookie: '' });
  expect(await ask(management, 'GET', '/favicon.ico')).toMatchObject({ status: 204, cookie: '' });
  expect(await enter(management, '/#ticket=guess')).toMatchObject({ status: 403, cookie: '' });
  expect(await ask(management, 'POST', '/session')).toMatchObject({ status: 400, cookie: '' });
  expect((await ask(management, 'GET', '/state', { authorization: `Bearer ${token}` })).status).toBe(200);
  expect((await ask(management, 'GET', '/state', { cookie: `sf_conformance=${token}` })).status).toBe(401);
});

test('only the page itself may exchange a ticket or change anything', async () => {
  const { management, of } = await setUp();
  const { token } = JSON.parse((await enter(management)).text) as { readonly token: string };
  const { origin } = management;
  const status = async (headers: Readonly<Record<string, string>>) =>
    (await ask(management, 'POST', '/expire', { authorization: `Bearer ${token}`, ...headers })).status;
  const foreign: readonly Readonly<Record<string, string>>[] = [
    { origin: 'null' },
    { origin: 'http://127.0.0.1:3000' },
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' },
    { origin, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
  ];
  const body = JSON.stringify({ ticket: new URL(management.link()).hash.slice('#ticket='.length) });
  for (const headers of foreign) {
    expect(await status(headers)).toBe(403);
    expect((await ask(management, 'POST', '/session', headers, body)).status).toBe(403);
  }
  expect(of('control')).toEqual([]);
  expect(await status({ origin })).toBe(200);
  expect(await status({ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' })).toBe(200);
  expect(of('control')).toHaveLength(2);
});

test('commands reach the mock, and the state reports them', async () => {
  const { management, login, call, of } = await setUp();
  const headers = bearer(management);
  const post = async (path: string, body: unknown = {}) => {
    const { status, text } = await ask(management, 'POST', path, headers, JSON.stringify(body));
    return { status, body: JSON.parse(text) as Record<string, unknown> };
  };
  const { access_token: token } = await login();
  expect((await call(token)).status).toBe(200);
  expect(await post('/expire', { family: 'F#1' })).toMatchObject({ status: 200 });
  expect((await call(token)).status).toBe(401);
  expect(await post('/faults', { fault: 'busy', times: 'always' })).toMatchObject({ body: { fault: 'busy' } });
  const { body } = await post('/gates', { point: 'refresh-request', limit: 1 });
  const state = JSON.parse((await ask(management, 'GET', '/state', headers)).text) as Record<string, unknown>;
  expect(state).toMatchObject({
    mode: 'strict',
    faults: [{ id: 'busy', fired: 0 }],
    gates: [{ id: body['gate'], held: 0 }],
    families: [{ id: 'F#1', alive: true }],
  });
  expect(JSON.stringify(state)).not.toContain(token);
  expect(await post('/gates/open')).toMatchObject({ body: { opened: [body['gate']] } });
  for (const [path, given] of [
    ['/mode', { mode: 'observing' }],
    ['/reject', { reason: 'admin' }],
    ['/replay', {}],
    ['/reset', {}],
  ] as const) {
    expect((await post(path, given)).status).toBe(200);
  }
  expect(of('control').map(({ action }) => action)).toEqual([
    'expire-access-tokens',
    'set-mode',
    'reject-refresh-tokens',
    'replay-old-token',
    'reset',
  ]);
});

test('a wrong body is a sentence and changes nothing', async () => {
  const { management, of } = await setUp();
  const post = (path: string, body: string) => ask(management, 'POST', path, bearer(management), body);
  for (const [path, body] of [
    ['/faults', '{"fault":"nonsense"}'],
    ['/faults', '{"fault":"busy","times":0}'],
    ['/gates', '{"point":"anywhere"}'],
    ['/mode', '{"mode":"lenient"}'],
    ['/expire', '{"famly":"F#1"}'],
    ['/expire', '['],
    ['/expire', 'null'],
    ['/expire', `{"family":"${'x'.repeat(20_000)}"}`],
  ] as const) {
    const { status, text } = await post(path, body);
    expect(status).toBe(400);
    expect((JSON.parse(text) as { error: string }).error).not.toBe('');
  }
  expect((await ask(management, 'GET', '/expire', bearer(management))).status).toBe(405);
  expect([...of('control'), ...of('fault'), ...of('gate')]).toEqual([]);
});

test('the history is streamed, bounded, and resumed where it broke off', async () => {
  const { management, feed } = await setUp();
  for (let n = 1; n <= 20; n += 1) feed.push(event(n));
  const read = async (headers: Record<string, string>, until: string) => {
    const stop = new AbortController();
    const response = await fetch(`${management.origin}/events`, {
      headers: { ...bearer(management), ...headers },
      signal: AbortSignal.any([stop.signal, AbortSignal.timeout(5_000)]),
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    let text = '';
    for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
      text += part;
      if (text.includes('id: 20\n') && feed.since(20).length === 0) feed.push(event(21));
      if (text.includes(until)) break;
    }
    stop.abort();
    return [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
  };
  expect(await read({}, 'id: 21\n')).toEqual([16, 17, 18, 19, 20, 21]);
  expect(await read({ 'last-event-id': '19' }, 'id: 21\n')).toEqual([20, 21]);
  expect(await read({ 'last-event-id': 'x' }, 'id: 21\n')).toEqual([17, 18, 19, 20, 21]);
});
