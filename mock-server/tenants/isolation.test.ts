import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { HAS_REDIS, testLink } from '../store/fixtures/redis.ts';
import { inTurn } from './fixtures/in-turn.ts';
import { ask, authorize, call, login, refresh, REDIRECT, token, type Answer, type Place } from './fixtures/partner.ts';
import { startService } from './fixtures/service.ts';

const url = process.env['REDIS_URL'] ?? '';
const challenge = randomBytes(32).toString('base64url');

describe.runIf(HAS_REDIS)('tenants', () => {
  test('nothing of one is valid or visible for another', { timeout: 300_000 }, async () => {
    const service = await startService(url, 2);
    const [a, b] = await Promise.all([service.tenant('alpha'), service.tenant('beta')]);
    const mine = await login(a.place);
    const theirs = await login(b.place);
    expect((await call(b.place, theirs['access_token'] ?? '')).status).toBe(200);
    const asB = { ...b.place, clientId: a.place.clientId };

    // Tokens, under either client id.
    expect((await call(b.place, mine['access_token'] ?? '')).status).toBe(401);
    for (const place of [b.place, asB]) expect((await refresh(place, mine['refresh_token'] ?? '')).status).toBe(400);
    const revoked = await ask(b.place, `${b.place.login}/services/oauth2/revoke?token=${mine['refresh_token'] ?? ''}`);
    expect(revoked.status).toBeGreaterThanOrEqual(200);
    expect((await call(a.place, mine['access_token'] ?? '')).status).toBe(200);
    // Codes.
    const code = await authorize(a.place, {
      state: 'state-1',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    });
    expect(code).not.toBeNull();
    const redeemed = await token(b.place, {
      ...{ grant_type: 'authorization_code', code: code ?? '', redirect_uri: REDIRECT, code_verifier: 'v'.repeat(43) },
    });
    expect([redeemed.status, redeemed.body['error_description']]).toEqual([400, 'invalid authorization code']);
    // Client ids, and the browser's key.
    expect(await authorize(asB, { state: 's', code_challenge: challenge, code_challenge_method: 'S256' })).toBeNull();
    const foreign = { ...b.place, browserKey: a.place.browserKey };
    expect(
      await authorize(foreign, { state: 's', code_challenge: challenge, code_challenge_method: 'S256' }),
    ).toBeNull();
    // Events: what came to the one stands in the history of the one. A's tokens that B was shown are VALUEs or unknown to it.
    const [ofA, ofB] = await Promise.all([a.history(), b.history()]);
    const requests = (all: typeof ofA) => all.filter(({ kind }) => kind === 'request').length;
    expect(requests(ofA)).toBe(4 + 1 + 3);
    expect(ofA.filter(({ kind }) => kind === 'family')).toHaveLength(1);
    expect(ofB.flatMap((event) => (event.kind === 'family' ? [event.change] : []))).toEqual(['created']);
    expect(ofB.flatMap((event) => (event.kind === 'rotation' ? [event.family] : []))).toEqual([null, null]);
    // The admin's paths are nothing to whoever has no key, and a tenant that is not there is not there.
    expect((await ask(a.place, `${a.place.login}/.tenant/history`)).status).toBe(404);
    expect((await ask(a.place, a.place.login.replace('alpha', 'gamma'))).status).toBe(404);
    await expect(service.tenant('alpha')).rejects.toThrow('There is a tenant of this name');
  });

  test('a quota stops its tenant in Salesforce’s words, and nobody else', { timeout: 300_000 }, async () => {
    const service = await startService(url, 2);
    const [few, small, free] = await Promise.all([
      service.tenant('few-logins', { quotas: { families: 2 } }),
      service.tenant('small', { quotas: { events: 100 } }),
      service.tenant('free'),
    ]);
    await login(few.place);
    const last = await login(few.place);
    const refused = await token(few.place, { grant_type: 'authorization_code', code: 'x' });
    expect([refused.status, refused.body['error']]).toEqual([503, 'request_limit_exceeded']);
    expect((await call(few.place, last['access_token'] ?? '')).status).toBe(200);

    const tokens = await login(small.place);
    const statuses: number[] = [];
    for (let count = 0; count < 60; count += 1)
      statuses.push((await call(small.place, tokens['access_token'] ?? '')).status);
    expect(statuses.at(0)).toBe(200);
    const full = await call(small.place, tokens['access_token'] ?? '');
    expect([full.status, full.text]).toEqual([
      503,
      '[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]',
    ]);
    expect((await small.history()).length).toBeLessThan(100 + 5);
    expect((await login(free.place))['access_token']).toBeDefined();
  });

  test('what is kept of a tenant is bounded in all, and counted on by who takes it over', async () => {
    const turn = await inTurn({ quotas: { mebibytes: 1 } });
    const { access_token: access = '' } = await login(turn.place);
    // Few requests, few lines, and much to remember.
    const write = async (place: Place) => {
      const headers = { authorization: `Bearer ${access}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ Name: 'x'.repeat(150_000) });
      const url = `${place.instance}/services/data/v67.0/sobjects/Account`;
      return (await ask(place, url, { method: 'POST', headers, body })).status;
    };
    const statuses: number[] = [];
    for (let count = 0; count < 12; count += 1) statuses.push(await write(turn.place));
    expect(statuses.slice(0, 3)).toEqual([201, 201, 201]);
    expect(statuses.at(-1)).toBe(503);
    const next = await turn.next();
    expect(await write(next.place)).toBe(503);
    expect((await next.history()).length).toBeLessThan(60);
  });

  test('too many at once are told so; they are not in the history', { timeout: 300_000 }, async () => {
    const service = await startService(url, 1);
    const [narrow, free] = await Promise.all([
      service.tenant('narrow', { quotas: { inFlight: 2 } }),
      service.tenant('free'),
    ]);
    const tokens = await login(narrow.place);
    expect((await narrow.order('/gates', { point: 'resource-answer' })).status).toBe(200);
    const waiting = Array.from({ length: 6 }, () => call(narrow.place, tokens['access_token'] ?? ''));
    // All six have come before the gate opens: two of them stand at it.
    const refused: Answer[] = [];
    for (const one of waiting) void one.then((answer) => refused.push(answer));
    await expect.poll(() => refused).toHaveLength(4);
    const [early] = refused;
    expect([early?.status, early?.text]).toEqual([
      429,
      '[{"message":"ConcurrentRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]',
    ]);
    expect((await login(free.place))['access_token']).toBeDefined();
    expect((await narrow.order('/gates/open', {})).status).toBe(200);
    const statuses = (await Promise.all(waiting)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 200, 429, 429, 429, 429]);
  });

  test('Redis holds no token, code or secret of a tenant', { timeout: 300_000 }, async () => {
    const service = await startService(url, 1);
    const link = await testLink();
    const app = { client: 'confidential' as const, clientId: '3MVG9sealed', clientSecret: 'S3CRET-of-the-partner' };
    const tenant = await service.tenant('sealed', { app: { ...app, redirectUris: [REDIRECT] } });
    const place = { ...tenant.place, clientId: app.clientId };
    const tokens = await login(place, undefined, {}, { client_secret: app.clientSecret });
    expect(tokens['refresh_token']).toBeDefined();
    await tenant.history();
    const keys = ((await link.send('KEYS', '{sfc:*:sealed}:*')) as string[]).sort();
    expect(keys.length).toBeGreaterThan(4);
    const dump = (await Promise.all(keys.map((key) => link.send('DUMP', key)))).join('\n');
    expect(dump.length).toBeGreaterThan(1_000);
    const values = await Promise.all(
      keys.map(async (key) => {
        const type = String(await link.send('TYPE', key));
        if (type === 'stream') return link.send('XRANGE', key, '-', '+');
        if (type === 'list') return link.send('LRANGE', key, '0', '-1');
        return type === 'hash' ? link.send('HGETALL', key) : link.send('GET', key);
      }),
    );
    const all = JSON.stringify(values);
    for (const secret of [tokens['refresh_token'], tokens['access_token'], app.clientSecret, place.browserKey])
      expect(all).not.toContain(secret);
  });

  test(
    'an instance that is told to end keeps everything and gives its tenants free',
    { timeout: 300_000 },
    async () => {
      const service = await startService(url, 2);
      const tenants = await Promise.all(Array.from({ length: 8 }, (_, at) => service.tenant(`partner-${String(at)}`)));
      const tokens = await Promise.all(tenants.map(({ place }) => login(place)));
      const [first] = service.processes;
      const gone = first && once(first, 'exit');
      first?.kill('SIGTERM');
      await gone;
      for (const [at, tenant] of tenants.entries()) {
        const { place } = tenant;
        expect((await call(place, tokens[at]?.['access_token'] ?? '')).status).toBe(200);
        const lines = await tenant.history();
        expect(lines.filter(({ kind }) => kind === 'request')).toHaveLength(5);
      }
    },
  );
});
