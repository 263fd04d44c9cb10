import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withTimeout, createClientLatency } from './client-latency.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Comes after so much of the fake clock's time. */
const after = async <T>(ms: number, value: T): Promise<T> => {
  const clock = vi.getMockedSystemTime()?.getTime() ?? 0;
  await vi.waitUntil(() => (vi.getMockedSystemTime()?.getTime() ?? 0) >= clock + ms, { interval: 1, timeout: 60_000 });
  return value;
};

test('what comes in time is handed on, and no timer stays', async () => {
  const answer = withTimeout(after(50, 'here'), 100);
  await vi.advanceTimersByTimeAsync(50);
  expect(await answer).toBe('here');
  expect(vi.getTimerCount()).toBe(0);
});

test('what does not come in time is undefined', async () => {
  const answer = withTimeout(after(200, 'late'), 100);
  await vi.advanceTimersByTimeAsync(100);
  expect(await answer).toBeUndefined();
});

test('a client whose logins are slow is waited for longer', async () => {
  const clientLatency = createClientLatency();
  const login = clientLatency.timed(() => after(1_000, 'ok'));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await login).toBe('ok');
  const second = clientLatency.soon(after(2_050, 'here'), 100);
  await vi.advanceTimersByTimeAsync(2_050);
  expect(await second).toBe('here');
});

test('before its first login a client is waited for after what it needed elsewhere', async () => {
  const clientLatency = createClientLatency(1_000);
  const waits = clientLatency.soon(after(2_050, 'here'), 100);
  await vi.advanceTimersByTimeAsync(2_050);
  expect(await waits).toBe('here');
});

test('concurrent requests are waited for as long as the first login took', async () => {
  const clientLatency = createClientLatency(100);
  expect(clientLatency.betweenMs(300)).toBe(300);
  const login = clientLatency.timed(() => after(1_000, 'ok'));
  await vi.advanceTimersByTimeAsync(1_000);
  await login;
  const betweenMs = clientLatency.betweenMs(300);
  expect(betweenMs).toBeGreaterThanOrEqual(1_000);
  const held = clientLatency.timed(() => after(5_000, 'ok'));
  await vi.advanceTimersByTimeAsync(5_000);
  await held;
  expect(clientLatency.betweenMs(300)).toBe(betweenMs);
});

test('a rejection comes through', async () => {
  await expect(withTimeout(Promise.reject(new Error('no')), 100)).rejects.toThrow('no');
});
