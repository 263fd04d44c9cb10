/** A store whose every call takes its time, as over a network: what makes lost races show. */
import type { Store } from './store.ts';

/** Wraps a store: each call is sent after half of `delayMs` and answered after the other half. */
export function delayed(store: Store, delayMs: number): Store {
  return { families: slow(store.families, delayMs / 2), models: slow(store.models, delayMs / 2) };
}

function slow<T extends object>(target: T, halfMs: number): T {
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

async function wait(ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  setTimeout(resolve, ms, undefined);
  await promise;
}
