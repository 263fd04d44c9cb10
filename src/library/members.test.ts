/** Every member of a mock, and what the documentation promises of it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { afterEach, describe, expect, expectTypeOf, test } from 'vitest';
import { FAULTS } from '../../mock-server/management/management.ts';
import { loadCatalogue } from '../run/catalogue.ts';
import { createClient } from './fixtures/client.ts';
import { startMock, type MockOptions, type SalesforceMock } from './mock.ts';

const open: SalesforceMock[] = [];
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())));

async function started(options?: MockOptions): Promise<SalesforceMock> {
  const salesforce = await startMock(options);
  open.push(salesforce);
  return salesforce;
}
async function connected(salesforce: SalesforceMock, user = 'U1') {
  const client = createClient(salesforce.env());
  await client.finishLogin(await salesforce.signIn(client.authorizationUrl(), { user }));
  return client;
}

test('the members are those that docs/library.md lists', async () => {
  const page = readFileSync(new URL('../../docs/library.md', import.meta.url), 'utf8');
  const table = /## What a test can do\n\n([^]*?)\n\n/.exec(page)?.[1] ?? '';
  const listed = [...table.matchAll(/^\| (`.*?) +\|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`(\w+)/g)].map(([, name = '']) => name),
  );
  const salesforce = await started();
  expect(Object.keys(salesforce).toSorted()).toEqual(listed.toSorted());
});

test('loginUrl and instanceUrl are origins of their own; ids are generated in the shape of Salesforce', async () => {
  const salesforce = await started({ app: { client: 'confidential' } });
  for (const url of [salesforce.loginUrl, salesforce.instanceUrl]) expect(new URL(url).origin).toBe(url);
  expect(salesforce.instanceUrl).not.toBe(salesforce.loginUrl);
  expect(salesforce.app).toMatchObject({
    clientId: expect.stringMatching(/^3MVG9/) as string,
    clientSecret: expect.stringMatching(/^[0-9A-F]{64}$/i) as string,
  });
});

test('signIn takes text or a URL, and requests the callback only with `deliver`', async () => {
  const salesforce = await started();
  const arrived: (string | undefined)[] = [];
  const listener = createServer((incoming, response) => {
    arrived.push(incoming.url);
    response.end('done');
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const redirect = `http://127.0.0.1:${String((listener.address() as AddressInfo).port)}/callback`;
  const url = createClient(salesforce.env()).authorizationUrl();
  url.searchParams.set('redirect_uri', redirect);
  try {
    for (const [given, deliver, requests] of [
      [url, false, 0],
      [url.href, true, 1],
    ] as const) {
      const callback = await salesforce.signIn(given, { deliver });
      expect(callback.href).toMatch(`${redirect}?`);
      expect(callback.searchParams.get('state')).toBe(url.searchParams.get('state'));
      expect(arrived).toHaveLength(requests);
    }
  } finally {
    listener.closeAllConnections();
    listener.close();
  }
});

describe('what is synchronous has taken effect when it returns', () => {
  test('expireSessions, rejectRefreshTokens, revokeFamily and advance', async () => {
    const salesforce = await started();
    expectTypeOf<SalesforceMock['expireSessions']>().returns.toBeVoid();
    expectTypeOf<SalesforceMock['exchanges']>().returns.not.toExtend<PromiseLike<unknown>>();
    const ask = async () => {
      const client = await connected(salesforce);
      const { access = '', instance = '' } = client.tokens() ?? {};
      const status = async () => {
        const answer = await fetch(`${instance}/services/data/v62.0/limits`, {
          headers: { authorization: `Bearer ${access}` },
        });
        return answer.status;
      };
      return { client, status };
    };
    const first = await ask();
    salesforce.expireSessions();
    expect(await first.status()).toBe(401);
    const second = await ask();
    salesforce.rejectRefreshTokens();
    salesforce.expireSessions();
    await expect(second.client.call()).rejects.toThrow('invalid_grant');
    const third = await ask();
    salesforce.revokeFamily();
    expect(await third.status()).toBe(401);
    await expect(third.client.call()).rejects.toThrow('invalid_grant');
    const fourth = await ask();
    salesforce.advance(24 * 3_600_000);
    expect(await fourth.status()).toBe(401);
    expect(await fourth.client.call()).toBe(200);
  });

  test('reset: gates and faults are disarmed, tokens stay valid', async () => {
    const salesforce = await started();
    const client = await connected(salesforce);
    const gate = salesforce.hold('refresh-request');
    const fault = salesforce.fail('service-unavailable', { times: 3 });
    salesforce.reset();
    expect(gate.closed).toBe(true);
    expect(salesforce.exchanges()).toEqual([]);
    salesforce.expireSessions();
    expect(await client.call()).toBe(200);
    expect(fault.fired).toBe(0);
  });
});

test('grade without ids has a finding for every check of the set; a refresh without an expiry counts', async () => {
  const salesforce = await started();
  const client = await connected(salesforce);
  const refreshed = async (): Promise<void> => {
    const body = new URLSearchParams({
      ...{ grant_type: 'refresh_token', client_id: salesforce.app.clientId },
      refresh_token: client.tokens()?.refresh ?? '',
    });
    const answer = await fetch(`${salesforce.loginUrl}/services/oauth2/token`, { method: 'POST', body });
    const { refresh_token: refresh, access_token: access } = (await answer.json()) as Record<string, string>;
    Object.assign(client.tokens() ?? {}, { refresh, access });
    await client.call();
  };
  for (let left = 10; left > 0; left -= 1) await refreshed();
  const findings = await salesforce.grade();
  const { checks } = await loadCatalogue();
  const verdicts = new Map(findings.map(({ id, verdict }) => [id, verdict]));
  const ofSet = checks.filter(({ rules }) => rules === undefined || rules.includes('sf-partner-2026-05'));
  expect([...verdicts.keys()].toSorted()).toEqual(ofSet.map(({ id }) => id).toSorted());
  expect(['RTR-02', 'RTR-03', 'RTR-07', 'RACE-14'].map((id) => verdicts.get(id))).toEqual(Array(4).fill('pass'));
});

test('hold takes every gate point, and fail every fault that `list --json` prints', async () => {
  const salesforce = await started();
  const points = [
    'resource-denied',
    'resource-answer',
    'refresh-request',
    'refresh-answer',
    'refresh-refusal',
    'code-request',
    'revoke-request',
  ] as const;
  expectTypeOf<(typeof points)[number]>().toEqualTypeOf<Parameters<SalesforceMock['hold']>[0]>();
  for (const point of points) salesforce.hold(point).close();
  for (const fault of FAULTS.keys()) salesforce.fail(fault).disarm();
});

test('close ends the ports, and may be called twice; `await using` closes', async () => {
  const used = async (): Promise<string> => {
    await using salesforce = await startMock();
    expect((await fetch(`${salesforce.loginUrl}/.well-known/openid-configuration`)).status).toBe(200);
    return salesforce.loginUrl;
  };
  const login = await used();
  await expect(fetch(login)).rejects.toThrow('fetch failed');
  const other = await startMock();
  await Promise.all([other.close(), other.close()]);
});

test('two mocks in one process know nothing of each other', async () => {
  const [one, two] = await Promise.all([started(), started({ app: { client: 'confidential' } })]);
  const client = await connected(one);
  expect(two.exchanges()).toEqual([]);
  two.expireSessions();
  expect(await client.call()).toBe(200);
  expect(one.app.clientId).not.toBe(two.app.clientId);
});

test('with `tls` every origin is HTTPS, verified by the authority that env() names, and a login works', async () => {
  const salesforce = await started({ tls: true });
  expect([salesforce.loginUrl, salesforce.instanceUrl].map((url) => new URL(url).protocol)).toEqual([
    'https:',
    'https:',
  ]);
  const env = salesforce.env();
  const files = new Set([env['NODE_EXTRA_CA_CERTS'], env['SSL_CERT_FILE'], env['REQUESTS_CA_BUNDLE']]);
  expect(files.size).toBe(1);
  const ca = readFileSync([...files][0] ?? '', 'utf8');
  const callback = await salesforce.signIn(createClient(env).authorizationUrl());
  expect(callback.searchParams.get('code')).toMatch(/^aPrx/);
  const status = (authority: string | undefined): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      request(`${salesforce.loginUrl}/services/data`, { ca: authority, agent: false }, (response) => {
        resolve(response.resume().statusCode);
      })
        .on('error', reject)
        .end();
    });
  expect(await status(ca)).toBe(200);
  await expect(status(undefined)).rejects.toThrow(/certificate/);
});
