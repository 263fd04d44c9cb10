import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventBody } from '../../src/history/event.ts';
import { createTokenCodec } from '../salesforce/token-codec.ts';
import { stage } from '../fixtures/stage.ts';
import { createMemoryStore } from '../store/memory.ts';
import { decide, released } from './decide.ts';
import { newFamily } from './family.ts';
import { createTokenFamilies } from './token-families.ts';
import { presetOf } from './preset.ts';

const DAY = 86_400_000;
const IDLE_DAYS = 30;
const LIMIT = 3;

/** A family as a reader of the rule would keep it. */
interface Expected {
  readonly user: string;
  readonly tokens: string[];
  access: string;
  alive: boolean;
  /** Day of the last use. */
  used: number;
  accessAlive: boolean;
}

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('login' as const), user: fc.constantFrom('U1', 'U2') }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('refresh' as const),
      pick: fc.nat(50),
      // How many generations back the sent token lies; 0: the newest.
      back: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 20 }) }),
    }),
  },
  fc.record({ do: fc.constant('revoke' as const), pick: fc.nat(50) }),
  fc.record({ do: fc.constant('expire' as const) }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('advance' as const), days: fc.integer({ min: 1, max: 20 }) }) },
);

test(
  'login, refresh, reuse, revocation, approvals and expiry go as a plain model says',
  { timeout: 300_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 20 }), async (steps) => {
        const { mock, login, refresh, call } = await stage({
          switches: { approvalLimit: LIMIT, refreshTokenIdleMs: IDLE_DAYS * DAY, accessTokenMs: 0 },
        });
        const families: Expected[] = [];
        let day = 0;
        for (const one of steps) {
          const family = 'pick' in one ? families[one.pick % Math.max(1, families.length)] : undefined;
          switch (one.do) {
            case 'login': {
              const tokens = await login({}, one.user);
              families.push({
                user: one.user,
                tokens: [tokens.refresh_token],
                access: tokens.access_token,
                alive: true,
                used: day,
                accessAlive: true,
              });
              const alive = families.filter((other) => other.user === one.user && other.alive);
              for (const other of alive.slice(0, Math.max(0, alive.length - LIMIT))) other.alive = false;
              break;
            }
            case 'refresh': {
              if (family === undefined) break;
              const back = Math.min(one.back, family.tokens.length - 1);
              const old = back > 0;
              const answer = await refresh(family.tokens.at(-1 - back)!);
              if (family.alive && day - family.used >= IDLE_DAYS) family.alive = false;
              expect(answer.status).toBe(family.alive && !old ? 200 : 400);
              if (old) family.alive = false;
              if (answer.status !== 200) break;
              family.tokens.push(answer.body['refresh_token']!);
              Object.assign(family, { access: answer.body['access_token']!, used: day, accessAlive: true });
              break;
            }
            case 'revoke': {
              if (family === undefined) break;
              const body = new URLSearchParams({ token: family.tokens.at(-1)! });
              const { status } = await fetch(`${mock.loginUrl}/services/oauth2/revoke`, { method: 'POST', body });
              const open = family.alive && day - family.used < IDLE_DAYS;
              expect(status).toBe(open ? 200 : 400);
              if (open) family.alive = false;
              break;
            }
            case 'expire':
              mock.control.expireAccessTokens();
              for (const other of families) other.accessAlive = false;
              break;
            case 'advance':
              mock.control.advance(one.days * DAY);
              day += one.days;
          }
        }
        for (const { access, alive, accessAlive } of families)
          expect((await call(access)).status).toBe(alive && accessAlive ? 200 : 401);
        expect(mock.control.families().map(({ alive, generation }) => [alive, generation])).toEqual(
          families.map(({ alive, tokens }) => [alive, tokens.length - 1]),
        );
        await mock.close();
      }),
      { numRuns: 25 },
    );
  },
);

test('after 10,000 rotations no answer has changed', async () => {
  const events: EventBody[] = [];
  const tokenFamilies = createTokenFamilies(createMemoryStore().families, (body) => {
    events.push(body);
    return { seq: events.length, t: 0, scenario: '', prev: '', ...body };
  });
  const tokenCodec = createTokenCodec(randomBytes(32), '00D000000000001');
  const id = 'a'.repeat(16);
  await tokenFamilies.create(
    newFamily({ id, label: 'F#1', clientId: 'c', user: 'U1', scopes: [], refreshable: true }, 0),
  );
  const preset = presetOf('salesforce');
  const present = (raw: string) => {
    const { family, generation } = tokenCodec.readRefreshToken(raw)!;
    return tokenFamilies.change(family, (one) => {
      const decision = decide(one, generation, preset, 0);
      const next = 'next' in decision ? decision.next : one;
      return {
        next: decision.outcome === 'rotated' ? released(next, generation) : next,
        result: { ...decision, next },
      };
    });
  };
  const first = tokenCodec.refreshToken({ family: id, generation: 0 });
  for (let generation = 0; generation < 10_000; generation += 1)
    expect((await present(tokenCodec.refreshToken({ family: id, generation })))!.outcome).toBe('rotated');
  expect(await present(first)).toMatchObject({ outcome: 'reuse', next: { state: 'revoked', head: 10_000 } });
  expect((await present(tokenCodec.refreshToken({ family: id, generation: 10_000 })))!.outcome).toBe('dead');
});
