// eslint-disable-next-line no-restricted-imports -- its length is what is tested
import { setTimeout as after } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { stage } from '../fixtures/stage.ts';
import { HAS_REDIS, testLink } from '../store/fixtures/redis.ts';
import { createRedisStore } from '../store/redis.ts';
import { ownRedis } from './fixtures/redis-process.ts';
import { call, login, refresh } from './fixtures/partner.ts';
import { startService } from './fixtures/service.ts';

/** The outage itself: the one wait of this file, because its length is what is tested. */
const OUTAGE_MS = 5_000;
/** What a request waits for Redis: longer than that, on a machine however busy. */
const WAITING_MS = 50_000;

describe.runIf(HAS_REDIS).each(['stopped', 'killed'] as const)('Redis %s for 5 s', (how) => {
  const away = async (redis: Awaited<ReturnType<typeof ownRedis>>) => {
    if (how === 'stopped') redis.pause();
    else await redis.kill();
    return async () => {
      await after(OUTAGE_MS);
      if (how === 'stopped') redis.goOn();
      else await redis.start();
    };
  };

  test(
    'tenants: requests wait or are refused as Salesforce would, nothing is lost, one winner',
    { timeout: 180_000 },
    async () => {
      const redis = await ownRedis();
      const service = await startService(redis.url, 2, { deadlineMs: WAITING_MS });
      const tenants = await Promise.all(Array.from({ length: 6 }, (_, at) => service.tenant(`partner-${String(at)}`)));
      const tokens = await Promise.all(tenants.map(({ place }) => login(place)));
      const back = await away(redis);
      const storms = tenants.map(({ place }, at) =>
        Promise.all(Array.from({ length: 8 }, () => refresh(place, tokens[at]?.['refresh_token'] ?? ''))),
      );
      await back();
      for (const [at, answers] of (await Promise.all(storms)).entries()) {
        const tenant = tenants[at]!;
        const { place } = tenant;
        const winners = answers.filter(({ status }) => status === 200);
        expect(winners.length).toBeLessThanOrEqual(1);
        for (const { status } of answers) expect([200, 400, 503]).toContain(status);
        const rotations = (await tenant.history()).flatMap((event) => (event.kind === 'rotation' ? [event] : []));
        const [winner] = winners;
        expect(rotations.filter(({ outcome }) => outcome === 'rotated')).toHaveLength(winners.length);
        if (winner === undefined) {
          // Nobody was answered, so nothing has happened: the token is as good as before.
          expect((await refresh(place, tokens[at]?.['refresh_token'] ?? '')).status).toBe(200);
          continue;
        }
        const alive = !rotations.some(({ outcome }) => outcome === 'reuse');
        expect((await call(place, winner.body['access_token'] ?? '')).status).toBe(alive ? 200 : 401);
        expect((await refresh(place, winner.body['refresh_token'] ?? '')).status).toBe(alive ? 200 : 400);
      }
    },
  );

  test('a mock on a shared store: the storm waits, one winner, and it goes on', { timeout: 180_000 }, async () => {
    const redis = await ownRedis();
    const link = await testLink(redis.url, WAITING_MS);
    const store = createRedisStore({ link, name: 'outage', key: Buffer.alloc(32, 7) });
    const one = await stage({ store });
    const tokens = await one.login();
    const back = await away(redis);
    const storm = Promise.all(Array.from({ length: 16 }, () => one.refresh(tokens.refresh_token)));
    await back();
    const winners = (await storm).filter(({ status }) => status === 200);
    expect(winners).toHaveLength(1);
    expect(one.of('note')).toEqual([]);
    const [family] = one.mock.control.families();
    const again = await one.refresh(winners[0]?.body['refresh_token'] ?? '');
    expect(again.status).toBe(family?.alive === true ? 200 : 400);
  });
});
