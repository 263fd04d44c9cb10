import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createJar } from './jar.ts';

const HOUR_MS = 3_600_000;
const AT = 'http://127.0.0.1:4000/login';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.parse('2026-11-23T12:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});
const setMachine = (byMs: number) => {
  vi.setSystemTime(Date.now() + byMs);
};
const dated = (inMs: number) => new Date(Date.now() + inMs).toUTCString();

test.each([24 * HOUR_MS, HOUR_MS, -HOUR_MS, -24 * HOUR_MS])(
  'cookies live as long as they did when the machine’s clock is set by %d ms',
  async (byMs) => {
    const jar = createJar();
    await jar.setCookie(`dated=1; Expires=${dated(600_000)}`, AT);
    await jar.setCookie('aged=1; Max-Age=600', AT);
    await jar.setCookie('session=1', AT);
    await jar.setCookie('gone=1', AT);
    await jar.setCookie(`gone=; Expires=${dated(-1_000)}`, AT);
    setMachine(byMs);
    expect(await jar.getCookieString(AT)).toBe('dated=1; aged=1; session=1');
    vi.advanceTimersByTime(599_000);
    expect(await jar.getCookieString(AT)).toBe('dated=1; aged=1; session=1');
    vi.advanceTimersByTime(2_000);
    expect(await jar.getCookieString(AT)).toBe('session=1');
    await jar.setCookie('aged=2; Max-Age=600', AT);
    expect(await jar.getCookieString(AT)).toBe('aged=2; session=1');
    await jar.setCookie('aged=; Max-Age=0', AT);
    expect(await jar.getCookieString(AT)).toBe('session=1');
  },
);

test('a cookie goes where it belongs', async () => {
  const jar = createJar();
  await jar.setCookie('one=1; Path=/login', AT);
  await jar.setCookie('two=2; Path=/; Max-Age=60', AT);
  expect(await jar.getCookieString('http://127.0.0.1:4000/')).toBe('two=2');
  expect(await jar.getCookieString('http://localhost:4000/login')).toBe('');
  await expect(jar.setCookie('three=3; Domain=elsewhere.example', AT)).rejects.toThrow();
  await expect(jar.setCookie('', AT)).rejects.toThrow('no cookie');
});
