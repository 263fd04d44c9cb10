/** A map of limited size: when it is full, the oldest entry is removed for the next. */
export interface BoundedMap<K, V> {
  readonly size: number;
  get(key: K): V | undefined;
  has(key: K): boolean;
  /** Adds an entry as the newest, or changes the value of an existing one, which keeps its position. */
  set(key: K, value: V): void;
  /** Removes an entry. Returns whether it was there. */
  delete(key: K): boolean;
  /** Returns the values, oldest first. */
  values(): MapIterator<V>;
  /** Returns keys and values, oldest first. */
  entries(): MapIterator<[K, V]>;
  clear(): void;
}

/** Creates an empty map of at most `limit` entries.
 * @param onEvict called with each removed entry */
export function createBoundedMap<K, V>(limit: number, onEvict?: (key: K, value: V) => void): BoundedMap<K, V> {
  const map = new Map<K, V>();
  // The iterator is kept because a new one would step over all entries deleted since the map last reorganized itself, which is slow
  // in a large map. It is dropped when nothing may be evicted for a long time, because it keeps older tables of the map alive.
  let oldest: MapIterator<[K, V]> | undefined;
  const evict = () => {
    oldest ??= map.entries();
    const { value: entry } = oldest.next();
    if (entry === undefined) return;
    map.delete(entry[0]);
    onEvict?.(entry[0], entry[1]);
  };
  return {
    get size() {
      return map.size;
    },
    get: (key) => map.get(key),
    has: (key) => map.has(key),
    set(key, value) {
      map.set(key, value);
      if (map.size > limit) evict();
    },
    delete(key) {
      oldest = undefined;
      return map.delete(key);
    },
    values: () => map.values(),
    entries: () => map.entries(),
    clear() {
      oldest = undefined;
      map.clear();
    },
  };
}
