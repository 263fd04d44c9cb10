/** A map that keeps its newest entries only. */
export interface BoundedMap<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
}

/**
 * Two maps in turn: what would be the oldest entry of one map is found ever more slowly the more of them were deleted.
 *
 * @param limit so many entries are kept at the least, twice as many at the most
 */
export function createBoundedMap<V>(limit: number): BoundedMap<V> {
  let older = new Map<string, V>();
  let newer = new Map<string, V>();
  return {
    get: (key) => newer.get(key) ?? older.get(key),
    set(key, value) {
      if (newer.size >= limit) [older, newer] = [newer, new Map<string, V>()];
      newer.set(key, value);
    },
  };
}
