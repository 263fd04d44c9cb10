/** From hashes to labels, by the million: numbers in typed arrays, some 24 bytes an entry, and bounded. */

export interface LabelTable {
  /** @param key whole number from 0 to 2⁴⁸ - 1 */
  get(key: number): number | undefined;
  /** @param value whole number from 0 to 2³² - 1 */
  set(key: number, value: number): void;
}

interface Slots {
  get(key: number): number | undefined;
  set(key: number, value: number): void;
  readonly size: number;
}

const SMALLEST = 1_024;

/**
 * Creates a table that keeps its newest `limit` entries at the least and twice as many at the most: then the older half is forgotten.
 * Default: half a million, in 25 MB at the most.
 */
export function createLabelTable(limit = 1 << 19): LabelTable {
  let older: Slots | undefined;
  let newer = createSlots();
  return {
    get: (key) => newer.get(key) ?? older?.get(key),
    set(key, value) {
      if (newer.size >= limit && newer.get(key) === undefined) {
        older = newer;
        newer = createSlots();
      }
      newer.set(key, value);
    },
  };
}

/** Open addressing with linear probing; keys are hashes already. At most two thirds of the places are taken. */
function createSlots(): Slots {
  let keys = new Float64Array(SMALLEST);
  let values = new Uint32Array(SMALLEST);
  let size = 0;

  /** The place of a key, or the free one where it belongs. A key is kept with 1 added: 0 is free. */
  const place = (key: number): number => {
    const mask = keys.length - 1;
    let at = (key >>> 0) & mask;
    while (keys[at] !== 0 && keys[at] !== key + 1) at = (at + 1) & mask;
    return at;
  };
  const grow = (): void => {
    const [oldKeys, oldValues] = [keys, values];
    keys = new Float64Array(oldKeys.length * 2);
    values = new Uint32Array(oldKeys.length * 2);
    for (const [from, kept] of oldKeys.entries()) {
      if (kept === 0) continue;
      const at = place(kept - 1);
      keys[at] = kept;
      values[at] = oldValues[from] ?? 0;
    }
  };
  return {
    get(key) {
      const at = place(key);
      return keys[at] === 0 ? undefined : values[at];
    },
    set(key, value) {
      let at = place(key);
      if (keys[at] === 0) {
        size += 1;
        if (size * 3 > keys.length * 2) {
          grow();
          at = place(key);
        }
      }
      keys[at] = key + 1;
      values[at] = value;
    },
    get size() {
      return size;
    },
  };
}
