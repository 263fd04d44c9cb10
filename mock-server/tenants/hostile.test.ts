import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BODIES, CLOSE, FORM, raw, smuggling, statuses, TARGETS } from '../fixtures/raw.ts';
import { HAS_REDIS } from '../store/fixtures/redis.ts';
import { inTurn } from './fixtures/in-turn.ts';
import { ask, call, login } from './fixtures/partner.ts';
import { startInstance } from './instance.ts';

const TOKEN = '/services/oauth2/token';
const at = (tenant: string) => `POST ${TOKEN} HTTP/1.1\r\nHost: ${tenant}.mock.test\r\n`;

/** An instance with the tenants acme and other; the attacker has a place of its own on acme. */
async function setUp() {
  const turn = await inTurn();
  const { via } = turn.place;
  if (via === undefined) throw new Error('There is no instance.');
  const tokens = await login(turn.place);
  const send = (...parts: (string | Buffer)[]) => raw(via.port, ...parts);
  const requests = async () => (await turn.history()).filter(({ kind }) => kind === 'request').length;
  return { turn, via, tokens, send, requests };
}

describe.runIf(HAS_REDIS)('a tenant’s address on a shared service', () => {
  test('what hides another request behind it is refused, and the other reaches no tenant', async () => {
    const { send, requests } = await setUp();
    const before = await requests();
    const smuggled = 'GET /services/oauth2/success HTTP/1.1\r\nHost: acme.mock.test\r\n\r\n';
    for (const [name, [text, status]] of Object.entries(smuggling(at('acme'), smuggled)))
      expect([name, statuses(await send(text))]).toEqual([name, [status]]);
    expect((await requests()) - before).toBeLessThanOrEqual(2);
  });

  test('bodies that are too much are answered as by a mock of one’s own', async () => {
    const { send, turn, tokens } = await setUp();
    for (const [name, { headers, body, status }] of Object.entries(BODIES)) {
      const head = `${at('acme')}${CLOSE}${headers}Content-Length: ${String(body.length)}\r\n\r\n`;
      expect([name, statuses(await send(head, body))]).toEqual([name, [status]]);
    }
    expect((await call(turn.place, tokens['access_token'] ?? '')).status).toBe(200);
  });

  test('addresses and host names that are none lead nowhere, and to nobody else', async () => {
    const { send, turn, tokens } = await setUp();
    for (const target of TARGETS) {
      const [status = 0] = statuses(await send(`GET ${target} HTTP/1.1\r\nHost: acme.mock.test\r\n${CLOSE}\r\n`));
      expect([target, status >= 200 && status < 500]).toEqual([target, true]);
    }
    const names = [
      '',
      'acme',
      '.mock.test',
      'a b.mock.test',
      'acme.mock.test.',
      'acme.mock.test:80',
      '--api.mock.test',
      'acme--api--api.mock.test',
    ];
    for (const host of [
      ...names,
      'acme}:owner.mock.test',
      'acme:about.mock.test',
      `${'a'.repeat(5_000)}.mock.test`,
      '__proto__.mock.test',
    ]) {
      const text = await send(`GET ${TOKEN} HTTP/1.1\r\nHost: ${host}\r\n${CLOSE}\r\n`);
      const [status = 0] = statuses(text);
      expect([host.slice(0, 40), [400, 401, 404].includes(status)]).toEqual([host.slice(0, 40), true]);
      expect(text).not.toContain(turn.place.browserKey);
    }
    // The address of the request line does not count, the host does.
    const cross = await send(`GET http://other.mock.test/.tenant HTTP/1.1\r\nHost: acme.mock.test\r\n${CLOSE}\r\n`);
    expect(statuses(cross)).toEqual([404]);
    expect((await call(turn.place, tokens['access_token'] ?? '')).status).toBe(200);
  });

  test('a host name takes nothing of another service on the same Redis', async () => {
    const name = randomUUID();
    const options = { redis: process.env['REDIS_URL'] ?? '', key: randomBytes(32), publicUrl: 'http://mock.test' };
    const [attacked, other] = await Promise.all([
      startInstance({ ...options, name: `${name}:b` }),
      startInstance({ ...options, name }),
    ]);
    onTestFinished(() => other.close());
    onTestFinished(() => attacked.close());
    const via = (one: typeof other) => ({ via: { host: '127.0.0.1', port: Number(one.address.split(':')[1]) } });
    const headers = { authorization: `Bearer ${attacked.adminKey}` };
    const app = { clientId: 'c', client: 'public', redirectUris: ['http://127.0.0.1:0/callback'] };
    const made = await ask(via(attacked), 'http://mock.test/tenants', {
      method: 'POST',
      headers,
      body: JSON.stringify({ name: 'acme', app }),
    });
    expect(made.status).toBe(201);
    expect(
      statuses(await raw(via(other).via.port, `GET / HTTP/1.1\r\nHost: b:acme.mock.test\r\n${CLOSE}\r\n`)),
    ).toEqual([404]);
    expect((await ask(via(attacked), 'http://acme.mock.test/.tenant', { headers })).status).toBe(200);
  });

  test('who asks ahead without reading is held to sixteen, and hinders nobody', async () => {
    const { send, turn, tokens } = await setUp();
    const answers = statuses(
      await send(`GET /services/oauth2/success HTTP/1.1\r\nHost: acme.mock.test\r\n\r\n`.repeat(60)),
    );
    expect(answers.filter((status) => status === 200).length).toBeLessThanOrEqual(16);
    expect(answers.at(-1)).toBe(503);
    expect((await call(turn.place, tokens['access_token'] ?? '')).status).toBe(200);
  });

  test('headers that instances and fronts use mean nothing without their keys', async () => {
    const { send, turn, tokens, requests } = await setUp();
    const before = await requests();
    const id = 'a'.repeat(32);
    for (const hop of [
      `${'x'.repeat(43)};id=${id}`,
      `;id=${id}`,
      `${'x'.repeat(43)};id=${id}\r\nx-sf-conformance-hop: ${'y'.repeat(43)};id=${id}`,
    ]) {
      const head = `${at('acme')}x-sf-conformance-hop: ${hop}\r\nx-sf-conformance-left: 1\r\n${CLOSE}${FORM}Content-Length: 3\r\n\r\na=b`;
      // Twice the same name: both are done, nobody is given what the first one got.
      expect(statuses(await send(head))).toEqual([400]);
      expect(statuses(await send(head))).toEqual([400]);
    }
    expect((await requests()) - before).toBe(6);
    const shown = JSON.stringify(await turn.history());
    expect(shown).not.toContain('x-sf-conformance-hop');
    expect((await call(turn.place, tokens['access_token'] ?? '')).status).toBe(200);
  });
});
