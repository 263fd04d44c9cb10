import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createClock, steadyNow } from './clock.ts';
import { CLIENT_ID, stage } from './fixtures/stage.ts';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** Only what the machine's clock shows: timers and the steady clock go on. */
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
});
afterEach(() => {
  vi.useRealTimers();
});
const setMachine = (byMs: number) => {
  vi.setSystemTime(Date.now() + byMs);
};

test('the clock goes on as before, whatever is set', () => {
  const clock = createClock();
  const before = clock.now();
  setMachine(-YEAR_MS);
  expect(clock.now() - before).toBeGreaterThanOrEqual(0);
  expect(clock.now() - before).toBeLessThan(60_000);
  clock.advance(1_000);
  expect(clock.now() - before).toBeGreaterThanOrEqual(1_000);
  expect(() => {
    clock.advance(-1);
  }).toThrow(RangeError);
  expect(Number.isInteger(steadyNow())).toBe(true);
});

test.each([
  ['a year ahead', YEAR_MS],
  ['a year back', -YEAR_MS],
])('the machine’s clock is set %s: codes, tokens and sessions are as good as before', async (_how, byMs) => {
  const { mock, of, authorize, redeem, refresh, call } = await stage();
  const first = await authorize();
  setMachine(byMs);
  const tokens = await redeem(first);
  expect(tokens.status).toBe(200);
  const { access_token: before = '', refresh_token: old = '' } = tokens.body;
  setMachine(-byMs);
  expect((await call(before)).status).toBe(200);
  setMachine(byMs);
  expect((await call(before)).status).toBe(200);
  const next = await refresh(old);
  expect(next.status).toBe(200);
  setMachine(-byMs);
  expect((await refresh(next.body['refresh_token'] ?? '')).status).toBe(200);
  const times = of('request').map(({ t }) => t);
  expect(times).toEqual([...times].sort((one, other) => one - other));
  // Put forward by itself, it counts: nothing is as good as before.
  mock.control.advance(20 * YEAR_MS);
  expect((await call(before)).status).toBe(401);
});

test.each([YEAR_MS, -YEAR_MS])(
  'a sign-in goes on when the machine’s clock is set by %d ms in the middle of it',
  async (byMs) => {
    const { mock, authorizeUrl, browse } = await stage();
    const url = authorizeUrl({ state: 's', code_challenge: 'a'.repeat(43), code_challenge_method: 'S256' });
    const { at, jar } = await browse(url, null);
    if (at === undefined) throw new Error('There is no sign-in page.');
    setMachine(byMs);
    const cookie = [...jar].map(([name, value]) => `${name.split(' ')[0] ?? ''}=${value}`).join('; ');
    const answer = await fetch(at, {
      headers: { cookie, 'x-sf-conformance-browser': `${mock.browserKey};user=U1` },
      redirect: 'manual',
    });
    expect(answer.status).toBe(302);
  },
);

test.each([YEAR_MS, -YEAR_MS])(
  'an assertion is judged by the clock that its client stamped it with, set by %d ms',
  async (byMs) => {
    const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const { mock, token } = await stage({ publicKey: publicPem });
    setMachine(byMs);
    const assertion = (expiresAt: number) =>
      new SignJWT({ sub: 'U1', jti: randomUUID() })
        .setProtectedHeader({ alg: 'RS256' })
        .setIssuer(CLIENT_ID)
        .setAudience(mock.loginUrl)
        .setExpirationTime(Math.floor(expiresAt / 1000))
        .sign(privateKey);
    const send = async (expiresAt: number) =>
      token({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: await assertion(expiresAt) });
    expect((await send(Date.now() - 600_000)).body).toMatchObject({
      error_description: expect.stringMatching(/expired/i),
    });
    expect((await send(Date.now() + 120_000)).text).not.toMatch(/expired/i);
  },
);
