import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createActivity } from './activity.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Before a client is treated as idle the event loop turns once more: a millisecond of the fake clock. */
const LAST_LOOK_MS = 1;

function listening(quiet: Promise<void>): { resolved: boolean } {
  const state = { resolved: false };
  void quiet.then(() => (state.resolved = true));
  return state;
}

test('is quiet so long after the call, when nothing happens', async () => {
  const state = listening(createActivity().quiet(300));
  await vi.advanceTimersByTimeAsync(299);
  expect(state.resolved).toBe(false);
  await vi.advanceTimersByTimeAsync(1 + LAST_LOOK_MS);
  expect(state.resolved).toBe(true);
});

test('counts anew whenever an exchange begins or ends, and never while one is open', async () => {
  const activity = createActivity();
  const state = listening(activity.quiet(300));
  await vi.advanceTimersByTimeAsync(200);
  const end = activity.begin(false);
  expect(activity.open).toBe(1);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(state.resolved).toBe(false);
  end();
  end();
  expect(activity.open).toBe(0);
  await vi.advanceTimersByTimeAsync(299);
  expect(state.resolved).toBe(false);
  await vi.advanceTimersByTimeAsync(1 + LAST_LOOK_MS);
  expect(state.resolved).toBe(true);
});

test('the browser’s exchanges are open, but no sound of the client', async () => {
  const activity = createActivity();
  const state = listening(activity.quiet(300));
  await vi.advanceTimersByTimeAsync(200);
  activity.begin(true);
  expect(activity.open).toBe(1);
  await vi.advanceTimersByTimeAsync(100 + LAST_LOOK_MS);
  expect(state.resolved).toBe(true);
});

test('an exchange that is held at a gate does not break the silence, even when it arrived there late', async () => {
  let held = 0;
  const activity = createActivity(() => held);
  activity.begin(false);
  const state = listening(activity.quiet(300));
  await vi.advanceTimersByTimeAsync(450);
  expect(state.resolved).toBe(false);
  held = 1;
  await vi.advanceTimersByTimeAsync(150 + 2 * LAST_LOOK_MS);
  expect(state.resolved).toBe(true);
});
