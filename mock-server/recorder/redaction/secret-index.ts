/** An index that finds any of thousands of known texts inside a long one, in one pass. */
export interface SecretIndex {
  add(writing: string, label: string): void;
  remove(writing: string): void;
  /** Returns the longest known text that begins at `at`; undefined when there is none. */
  at(text: string, at: number): { readonly length: number; readonly label: string } | undefined;
}

/** Shorter texts are not searched for, because they would match everywhere. */
export const SHORTEST = 6;

const HEADS = 65_536;

interface Bucket {
  /** Lengths in descending order. */
  lengths: number[];
  readonly byLength: Map<number, Map<string, string>>;
}

/** Creates an index of secrets by their first six characters and then by length: tokens of one kind share both, so a look-up costs a few
 * hashes. */
export function createSecretIndex(): SecretIndex {
  const buckets = new Map<string, Bucket>();
  /** Number of buckets that begin with four characters of this hash: excludes most places of a text without cutting a substring. */
  const heads = new Uint32Array(HEADS);
  const headAt = (text: string, at: number): number =>
    (text.charCodeAt(at) * 29_791 +
      text.charCodeAt(at + 1) * 961 +
      text.charCodeAt(at + 2) * 31 +
      text.charCodeAt(at + 3)) %
    HEADS;
  const countHead = (prefix: string, by: 1 | -1): void => {
    const head = headAt(prefix, 0);
    heads[head] = (heads[head] ?? 0) + by;
  };
  return {
    add(writing, label) {
      if (writing.length < SHORTEST) return;
      const prefix = writing.slice(0, SHORTEST);
      let bucket = buckets.get(prefix);
      if (!bucket) {
        bucket = { lengths: [], byLength: new Map() };
        buckets.set(prefix, bucket);
        countHead(prefix, 1);
      }
      let same = bucket.byLength.get(writing.length);
      if (!same) {
        same = new Map<string, string>();
        bucket.byLength.set(writing.length, same);
        bucket.lengths = [...bucket.byLength.keys()].sort((a, b) => b - a);
      }
      if (!same.has(writing)) same.set(writing, label);
    },
    remove(writing) {
      const prefix = writing.slice(0, SHORTEST);
      const bucket = buckets.get(prefix);
      const same = bucket?.byLength.get(writing.length);
      if (!bucket || !same?.delete(writing) || same.size > 0) return;
      bucket.byLength.delete(writing.length);
      bucket.lengths = bucket.lengths.filter((length) => length !== writing.length);
      if (bucket.lengths.length > 0) return;
      buckets.delete(prefix);
      countHead(prefix, -1);
    },
    at(text, at) {
      if (at + SHORTEST > text.length || heads[headAt(text, at)] === 0) return undefined;
      const bucket = buckets.get(text.slice(at, at + SHORTEST));
      if (!bucket) return undefined;
      for (const length of bucket.lengths) {
        const label = bucket.byLength.get(length)?.get(text.slice(at, at + length));
        if (label !== undefined) return { length, label };
      }
      return undefined;
    },
  };
}
