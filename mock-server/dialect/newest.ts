/** A map that keeps its newest entries only. */
export interface Newest<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
}

/** @param limit how many entries are kept */
export function createNewest<V>(limit: number): Newest<V> {
  const entries = new Map<string, V>();
  return {
    get: (key) => entries.get(key),
    set(key, value) {
      entries.delete(key);
      entries.set(key, value);
      if (entries.size > limit) for (const [oldest] of entries.entries().take(1)) entries.delete(oldest);
    },
  };
}
