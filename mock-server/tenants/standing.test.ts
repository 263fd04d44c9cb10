import { randomBytes, randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { HAS_REDIS } from '../store/fixtures/redis.ts';
import { ask, login } from './fixtures/partner.ts';
import { startInstance } from './instance.ts';

test.runIf(HAS_REDIS)('how users stand is known to the instance where a tenant comes alive next', async () => {
  const redis = process.env['REDIS_URL'] ?? '';
  const options = { redis, name: randomUUID(), key: randomBytes(32), publicUrl: 'http://mock.test' };
  const open = async () => {
    const instance = await startInstance(options);
    onTestFinished(() => instance.close());
    const headers = { authorization: `Bearer ${instance.adminKey}`, 'content-type': 'application/json' };
    const via = { host: '127.0.0.1', port: Number(instance.address.split(':')[1]) };
    const post = (url: string, body: object) =>
      ask({ via }, url, { method: 'POST', headers, body: JSON.stringify(body) });
    const { login: loginUrl, instance: instanceUrl } = instance.urls('acme');
    const refresh = async (token: string) => {
      const form = { grant_type: 'refresh_token', client_id: 'c', refresh_token: token };
      const type = { 'content-type': 'application/x-www-form-urlencoded' };
      const sent = { method: 'POST', headers: type, body: new URLSearchParams(form).toString() };
      return (await ask({ via }, `${loginUrl}/services/oauth2/token`, sent)).body;
    };
    const standing = (body: object) => post(`${loginUrl}/.tenant/standing`, body);
    return { instance, headers, via, post, loginUrl, instanceUrl, refresh, standing };
  };

  const first = await open();
  const app = { clientId: 'c', client: 'public', redirectUris: ['http://127.0.0.1:0/callback'] };
  expect((await first.post('http://mock.test/tenants', { name: 'acme', app })).status).toBe(201);
  const about = await ask(first, `${first.loginUrl}/.tenant`, { headers: first.headers });
  const { browserKey = '' } = about.body;
  const place = { login: first.loginUrl, instance: first.instanceUrl, via: first.via, browserKey, clientId: 'c' };
  const { refresh_token: token = '' } = await login(place);
  expect((await first.standing({ standing: 'inactive-user', user: 'U1' })).status).toBe(200);
  await first.instance.close();

  const second = await open();
  expect((await second.refresh(token))['error_description']).toBe('inactive user');
  expect((await second.standing({ standing: 'good' })).status).toBe(200);
  await second.instance.close();

  const third = await open();
  expect(await third.refresh(token)).toHaveProperty('access_token');
});
