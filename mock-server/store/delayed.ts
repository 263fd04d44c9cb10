/** A store whose every call takes its time, as over a network: what makes lost races show. */
import type { Store } from './store.ts';

/** Resolves after so many milliseconds, of whatever clock. */
export type Wait = (ms: number) => Promise<void>;

/** Wraps a store: each call is sent after half of `delayMs` and answered after the other half. @param wait default: by the real clock */
export function delayed(store: Store, delayMs: number, wait: Wait = waitMs): Store {
  return { families: slow(store.families, delayMs / 2, wait), models: slow(store.models, delayMs / 2, wait) };
}

function slow<T extends object>(target: T, halfMs: number, wait: Wait): T {
  const entries = Object.entries(target).map(([name, call]: [string, (...input: unknown[]) => Promise<unknown>]) => [
    name,
    async (...input: unknown[]) => {
      await wait(halfMs);
      const result = await call(...input);
      await wait(halfMs);
      return result;
    },
  ]);
  return Object.fromEntries(entries) as T;
}

async function waitMs(ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  setTimeout(resolve, ms, undefined);
  await promise;
}
