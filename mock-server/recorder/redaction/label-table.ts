/** A table from hashes to labels for millions of entries: numbers in typed arrays, about 24 bytes an entry, with a limit. */
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

/** Creates a table that keeps at least its newest `limit` entries and at most twice as many: then the older half is dropped. Default: half
 * a million, in at most 25 MB. */
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

/** Creates slots with open addressing and linear probing; keys are hashes already. At most two thirds of the slots are used. */
function createSlots(): Slots {
  let keys = new Float64Array(SMALLEST);
  let values = new Uint32Array(SMALLEST);
  let size = 0;

  /** Returns the slot of a key, or the free one for it. Keys are stored with 1 added: 0 is free. */
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
