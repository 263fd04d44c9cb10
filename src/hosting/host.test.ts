import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { HAS_REDIS } from '../../mock-server/store/fixtures/redis.ts';
import { ask, call, login, refresh } from '../../mock-server/tenants/fixtures/partner.ts';
import { regrade } from '../run/regrade.ts';
import { readHosting } from './environment.ts';

const main = fileURLToPath(new URL('../cli/main.ts', import.meta.url));
const adminKey = 'admin-key-of-the-tests';
const right = {
  REDIS_URL: 'redis://127.0.0.1',
  SF_CONFORMANCE_KEY: 'ab'.repeat(32),
  SF_CONFORMANCE_ADMIN_KEY: adminKey,
};

describe('what host is told', () => {
  test('the rest has defaults', () => {
    expect(readHosting(right)).toMatchObject({ host: '127.0.0.1', port: 4300, name: 'default', adminKey });
  });

  test.each(Object.keys(right))('%s has to be set', (name) => {
    expect(() => readHosting({ ...right, [name]: undefined })).toThrow(`${name} is not set.`);
  });

  test('a wrong value is named and not shown', () => {
    const wrong = () => readHosting({ ...right, SF_CONFORMANCE_KEY: 'my-secret' });
    expect(wrong).toThrow('SF_CONFORMANCE_KEY must be 64 hexadecimal digits');
    expect(wrong).not.toThrow('my-secret');
  });
});

test.runIf(HAS_REDIS)('a partner is hosted, and its history graded by `report`', { timeout: 300_000 }, async () => {
  const child = spawn(process.execPath, [main, 'host'], {
    stdio: ['ignore', 'inherit', 'pipe'],
    env: {
      ...process.env,
      ...right,
      REDIS_URL: process.env['REDIS_URL'],
      SF_CONFORMANCE_LISTEN: '127.0.0.1:0',
      SF_CONFORMANCE_SERVICE: `test-${String(process.pid)}`,
    },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  await expect.poll(() => said).toContain('Listening on');
  const port = Number(/127\.0\.0\.1:(\d+)/u.exec(said)?.[1]);
  const via = { host: '127.0.0.1', port };
  const base = `http://localhost:${String(port)}`;
  const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' };
  const app = { clientId: '3MVG9acme', client: 'public', redirectUris: ['http://127.0.0.1:0/callback'] };
  const body = JSON.stringify({ name: 'acme', app });
  expect((await ask({ via }, `${base}/tenants`, { method: 'POST', body })).status).toBe(401);
  const made = await ask({ via }, `${base}/tenants`, { method: 'POST', headers, body });
  expect(made.status, made.text).toBe(201);
  expect((await ask({ via }, `${base}/tenants`, { headers })).text).toBe('{"tenants":["acme"]}');
  const { login: loginUrl = '', instance = '' } = made.body;
  const { browserKey = '' } = (await ask({ via }, `${loginUrl}/.tenant`, { headers })).body;
  const place = { login: loginUrl, instance, via, browserKey, clientId: app.clientId };
  const tokens = await login(place);
  expect((await call(place, tokens['access_token'] ?? '')).status).toBe(200);
  expect((await refresh(place, tokens['refresh_token'] ?? '')).status).toBe(200);

  const dir = mkdtempSync(join(tmpdir(), 'hosted-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const history = await ask({ via }, `${loginUrl}/.tenant/history`, { headers });
  writeFileSync(join(dir, 'history.jsonl'), history.text);
  const { graded } = await regrade(dir);
  expect(graded.checks.find(({ id }) => id === 'PKCE-01')?.verdict).toBe('pass');

  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  expect((await ended)[0]).toBe(0);
  expect(said).not.toContain(adminKey);
});
