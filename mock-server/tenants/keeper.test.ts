import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { HAS_REDIS, testLink } from '../store/fixtures/redis.ts';
import { definitionSchema } from './definition.ts';
import { ask, login } from './fixtures/partner.ts';
import { startInstance } from './instance.ts';
import { createKeeper, type Batch } from './keeper.ts';

const definition = definitionSchema.parse({
  name: 'acme',
  app: { clientId: 'c', client: 'public', redirectUris: ['http://127.0.0.1:0/callback'] },
});
const batch = (from: number, ...lines: readonly string[]): Batch => ({ from, lines, entries: [['next']], answers: [] });

describe.runIf(HAS_REDIS)('the keeper', () => {
  const keeperOf = async () => createKeeper(await testLink(), randomUUID(), randomBytes(32));

  test('of 20 who take a tenant at once one has it, and what it keeps is read by the next', async () => {
    const keeper = await keeperOf();
    expect(await keeper.define(definition)).toBe(true);
    expect(await keeper.define(definition)).toBe(false);
    expect(await keeper.names()).toEqual(['acme']);
    const all = await Promise.all(Array.from({ length: 20 }, (_, at) => keeper.acquire('acme', `me-${String(at)}`)));
    expect(all.filter(({ kind }) => kind === 'yours')).toHaveLength(1);
    const owner = `me-${String(all.findIndex(({ kind }) => kind === 'yours'))}`;
    expect(await keeper.commit('acme', owner, 1, 1, batch(1, '{"seq":1}', '{"seq":2}'))).toBeGreaterThan(0);
    // Sent twice, it is kept once.
    expect(await keeper.commit('acme', owner, 1, 1, batch(1, '{"seq":1}', '{"seq":2}'))).toBeGreaterThan(0);
    expect(await keeper.commit('acme', owner, 1, 2, batch(3, '{"seq":3}'))).toBeGreaterThan(0);
    await keeper.release('acme', owner);
    const next = await keeper.acquire('acme', 'next');
    expect(next).toMatchObject({
      kind: 'yours',
      owned: { epoch: 2, batch: 2, lines: ['{"seq":1}', '{"seq":2}', '{"seq":3}'], entries: [['next'], ['next']] },
    });
    expect(await keeper.acquire('nobody', 'next')).toEqual({ kind: 'none' });
  });

  test('an owner that was followed by another changes nothing any more', async () => {
    const keeper = await keeperOf();
    await keeper.define(definition);
    await keeper.acquire('acme', 'old');
    expect(await keeper.commit('acme', 'old', 1, 1, batch(1, '1'))).toBeGreaterThan(0);
    expect(await keeper.acquire('acme', 'new')).toEqual({ kind: 'held', by: 'old' });
    expect((await keeper.acquire('acme', 'new', 'old')).kind).toBe('yours');
    expect(await keeper.commit('acme', 'old', 1, 2, batch(2, 'late'))).toBe(false);
    await keeper.renew(['acme'], 'old');
    await keeper.release('acme', 'old');
    expect(await keeper.acquire('acme', 'old')).toEqual({ kind: 'held', by: 'new' });
    expect(await keeper.commit('acme', 'new', 2, 2, batch(2, '2'))).toBeGreaterThan(0);
    expect(await keeper.lines('acme')).toEqual(['1', '2']);
  });

  test('a gap is refused, and so is whoever has another key', async () => {
    const link = await testLink();
    const name = randomUUID();
    const keeper = createKeeper(link, name, randomBytes(32));
    await keeper.define(definition);
    await keeper.acquire('acme', 'me');
    expect(await keeper.commit('acme', 'me', 1, 2, batch(1, '1'))).toBe(false);
    await keeper.release('acme', 'me');
    await expect(createKeeper(link, name, randomBytes(32)).acquire('acme', 'thief')).rejects.toThrow();
  });
});

test.runIf(HAS_REDIS)('what a front says counts with its key only, is done once, and no tenant sees it', async () => {
  const instance = await startInstance({
    redis: process.env['REDIS_URL'] ?? '',
    name: randomUUID(),
    key: randomBytes(32),
  });
  onTestFinished(() => instance.close());
  const port = Number(instance.address.split(':')[1]);
  const via = { host: '127.0.0.1', port };
  const admin = { authorization: `Bearer ${instance.adminKey}`, 'content-type': 'application/json' };
  const { name, app } = definition;
  const body = JSON.stringify({ name, app });
  expect(
    (await ask({ via }, `http://localhost:${String(port)}/tenants`, { method: 'POST', headers: admin, body })).status,
  ).toBe(201);
  const { login: loginUrl, instance: instanceUrl } = instance.urls(name);
  const { browserKey = '' } = (await ask({ via }, `${loginUrl}/.tenant`, { headers: admin })).body;
  const place = { login: loginUrl, instance: instanceUrl, via, browserKey, clientId: app.clientId };
  const tokens = await login(place);
  const refresh = (hop: string) =>
    ask(place, `${loginUrl}/services/oauth2/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-sf-conformance-hop': hop },
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: app.clientId,
        refresh_token: tokens['refresh_token'] ?? '',
      }).toString(),
    });
  const named = `${instance.frontKey};id=request-1`;
  const answers = await Promise.all([refresh(named), refresh(named)]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(answers[1].body).toEqual(answers[0].body);
  // Without the key it is one more use of a token that was used.
  expect((await refresh(`${'x'.repeat(43)};id=request-1`)).status).toBe(400);
  const history = (await ask({ via }, `${loginUrl}/.tenant/history`, { headers: admin })).text;
  expect(history).not.toContain('x-sf-conformance-hop');
  expect(history.match(/"kind":"rotation"/gu)).toHaveLength(2);
});
