import { describe, expect, test } from 'vitest';
import { createHash } from 'node:crypto';
import { HAS_REDIS } from '../store/fixtures/redis.ts';
import { authorize, call, login, REDIRECT, refresh, token as redeem } from './fixtures/partner.ts';
import { kill, LONG, stage } from './fixtures/two-instances.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const VERIFIER = 'v'.repeat(43);
const challenge = createHash('sha256').update(VERIFIER).digest('base64url');

describe.runIf(HAS_REDIS)('machines whose clocks are wrong', () => {
  test.each([
    ['a day ahead, then a day back', [DAY_MS, -DAY_MS]],
    ['an hour back, then a day ahead', [-DAY_MS / 24, DAY_MS]],
  ])('%s: a tenant that is taken over neither grows older nor younger', LONG, async (_how, aheadMs) => {
    const switches = { accessTokenMs: 30 * MINUTE_MS, refreshTokenIdleMs: 30 * MINUTE_MS };
    const { service, tenant, tokens, owner, other } = await stage({ switches }, { aheadMs });
    const { place } = tenant;
    const started = performance.now();
    const code = await authorize(place, { state: 's', code_challenge: challenge, code_challenge_method: 'S256' });
    const second = (await login(place))['refresh_token'] ?? '';
    await kill(service, owner);
    expect((await call(place, tokens['access_token'] ?? '')).status).toBe(200);
    expect(await tenant.owner()).toBe(other);
    const given = { code: code ?? '', redirect_uri: REDIRECT, code_verifier: VERIFIER };
    expect((await redeem(place, { grant_type: 'authorization_code', ...given })).status).toBe(200);
    const next = await refresh(place, tokens['refresh_token'] ?? '');
    expect(next.status).toBe(200);
    // Its own clock counts, and it goes on from where it was.
    await tenant.order('/advance', { ms: 31 * MINUTE_MS });
    expect((await call(place, next.body['access_token'] ?? '')).status).toBe(401);
    expect((await refresh(place, second)).status).toBe(400);

    const times = (await tenant.history()).map(({ t }) => t);
    expect(times).toEqual(times.toSorted((one, before) => one - before));
    expect(new Set(times.slice(-8)).size).toBeGreaterThan(2);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan(performance.now() - started + 10 * MINUTE_MS);
  });
});
