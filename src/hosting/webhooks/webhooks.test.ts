/** Webhooks of a whole instance on PGlite, with a receiver that checks signatures as Standard Webhooks says. */
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { expect, it, onTestFinished } from 'vitest';
import { startHosted } from '../hosted.test-support.ts';
import type { Deliveries } from '../store/webhooks.ts';
import { messageOf, secretOf } from './message.ts';
import { createSender } from './sender.ts';

const { privateKey: key } = generateKeyPairSync('ed25519');
const origin = 'https://conformance.example';
type Due = Awaited<ReturnType<Deliveries['take']>>[number];

const dueAt = (url: string, attempts = 1): Due => ({
  ...{ id: 'm1', webhook: 'w1', run: 'r1', app: null, appName: 'Sync', kind: 'run', url, attempts },
  ...{ verdict: 'compliant', summary: 'Good.', error: null, endedAt: new Date(0) },
});

/** Sends one message and returns how it was settled. */
async function sendTo(url: string, privateWebhooks: boolean) {
  const settled: Parameters<Deliveries['settle']>[] = [];
  const due = [dueAt(url)];
  const deliveries: Deliveries = {
    take: () => Promise.resolve(due.splice(0)),
    settle: (...how) => Promise.resolve(void settled.push(how)),
  };
  await createSender({ deliveries, key, origin, privateWebhooks })();
  return settled[0]?.[2];
}

/** Listens, and answers each request with the next status of `statuses`. */
async function receiver(statuses: readonly number[]) {
  const received: { readonly headers: Record<string, string>; readonly body: string }[] = [];
  const arrived = statuses.map(() => Promise.withResolvers<undefined>());
  const server = createServer((request, response) => {
    void Array.fromAsync(request as AsyncIterable<Buffer>).then((parts) => {
      received.push({ headers: request.headers as Record<string, string>, body: Buffer.concat(parts).toString() });
      const { length } = received;
      response.writeHead(statuses[length - 1] ?? 200, { location: `${origin}/elsewhere` }).end('x'.repeat(1_000));
      arrived[length - 1]?.resolve(undefined);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/hook`;
  return { url, received, arrived: arrived.map(({ promise }) => promise) };
}

it.each([
  'https://127.0.0.1/',
  'https://localhost/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:7f00:1]/',
  'https://2130706433/',
  'https://0.0.0.0/',
  'https://10.1.2.3/',
  'https://172.16.0.1/',
  'https://192.168.0.1/',
  'https://100.64.0.1/',
  'https://169.254.169.254/latest/meta-data',
  'https://[fe80::1]/',
  'https://[fd00::1]/',
])('does not connect to %s', async (url) => {
  expect(await sendTo(url, false)).toMatchObject({ delivered: false, answer: expect.stringContaining('not allowed') });
});

it.each([
  [204, true],
  [302, false],
  [500, false],
])('takes the status %i for delivered: %s', async (status, delivered) => {
  const { url, received } = await receiver([status]);
  expect(await sendTo(url, true)).toEqual({ delivered, answer: String(status) });
  expect(received).toHaveLength(1);
});

it('signs a message so that its receiver can tell who sent it', () => {
  const { body, headers } = messageOf(dueAt('https://hooks.example/'), { key, origin, now: new Date() });
  expect(new Webhook(secretOf(key, 'w1')).verify(body, headers)).toEqual({
    ...{ type: 'run.ended', timestamp: '1970-01-01T00:00:00.000Z' },
    data: {
      ...{ run: 'r1', kind: 'run', app: null, appName: 'Sync', verdict: 'compliant', summary: 'Good.', error: null },
      report: `${origin}/runs/r1`,
    },
  });
  expect(() => new Webhook(secretOf(key, 'w2')).verify(body, headers)).toThrow();
  expect(() => new Webhook(secretOf(key, 'w1')).verify(`${body} `, headers)).toThrow();
});

it('sends the end of a live session to the webhook of its organisation, and to no other', async () => {
  await using hosted = await startHosted({ privateWebhooks: true });
  const ask = async (path: string, token: string, body?: object) => {
    const answer = await fetch(hosted.host.origin + path, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    });
    return { status: answer.status, value: (await answer.json()) as Record<string, string> };
  };
  const { url, received, arrived } = await receiver([200]);
  const other = await ask('/v1/organisations', hosted.host.firstToken ?? '', {
    name: 'Other',
    limits: { webhooks: 1 },
  });
  const [, theirs] = [other.status, other.value['token'] ?? ''];
  expect((await ask('/v1/webhooks', theirs, { url: 'ftp://x.example/' })).status).toBe(400);
  expect((await ask('/v1/webhooks', theirs, { url: 'https://user:pass@x.example/' })).status).toBe(400);
  expect((await ask('/v1/webhooks', theirs, { url: `${url}?theirs` })).status).toBe(201);
  expect((await ask('/v1/webhooks', theirs, { url })).value).toMatchObject({ status: 429, code: 'too-many-webhooks' });
  const { id = '', secret = '' } = (await ask('/v1/webhooks', hosted.token, { url })).value;

  const visit = (path: string, cookie: string, form?: Record<string, string>) =>
    fetch(hosted.host.origin + path, {
      ...{ redirect: 'manual', headers: { cookie, origin: hosted.host.origin } },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
  const signIn = async (token: string) =>
    (await visit('/sign-in', '', { token })).headers.get('set-cookie')?.split(';')[0] ?? '';
  const cookie = await signIn(hosted.token);
  const page = (await visit(`/apps/${hosted.app}/live`, cookie, {})).headers.get('location') ?? '';
  const run = page.split('/')[2] ?? '';
  expect((await visit(`${page}end`, cookie, {})).ok).toBe(true);
  await Promise.all(arrived);
  const [message] = received;
  const sent = new Webhook(secret).verify(message?.body ?? '', message?.headers ?? {});
  expect(sent).toMatchObject({ type: 'run.ended', data: { run, kind: 'live', app: hosted.app, appName: 'Sync' } });

  const settled = async () => (await ask(`/v1/webhooks/${id}/deliveries`, hosted.token)).value['items'];
  await expect.poll(settled).toMatchObject([{ run, state: 'delivered', attempts: 1, answer: '200' }]);
  const log = await (await visit(`/webhooks/${id}`, cookie)).text();
  expect(log).toContain('delivered');
  for (const path of ['/webhooks', `/webhooks/${id}`]) {
    expect(await (await visit(path, cookie)).text(), path).not.toContain(secret);
    expect(await (await visit(path, await signIn(theirs))).text(), path).not.toContain(id);
  }
  expect((await ask(`/v1/webhooks/${id}/deliveries`, theirs)).status).toBe(404);
}, 300_000);
