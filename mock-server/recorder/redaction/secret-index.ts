/** An index that finds any of thousands of known texts inside a long one, in one pass. */
export interface SecretIndex {
  add(writing: string, label: string): void;
  remove(writing: string): void;
  /** Returns the longest known text that begins at `at`; undefined when there is none. */
  at(text: string, at: number): { readonly length: number; readonly label: string } | undefined;
}

/** Shorter texts are not searched for, because they would match everywhere. */
export const SHORTEST = 6;

interface Bucket {
  /** Lengths in descending order. */
  lengths: number[];
  readonly byLength: Map<number, Map<string, string>>;
}

/** Creates an index of secrets by their first six characters and then by length: tokens of one kind share both, so a look-up costs a few
 * hashes. */
export function createSecretIndex(): SecretIndex {
  const buckets = new Map<string, Bucket>();
  /** Number of buckets that begin with these two characters: excludes most places of a text without cutting a substring. */
  const heads = new Map<number, number>();
  const headAt = (text: string, at: number): number => text.charCodeAt(at) * 65_536 + text.charCodeAt(at + 1);
  return {
    add(writing, label) {
      if (writing.length < SHORTEST) return;
      const prefix = writing.slice(0, SHORTEST);
      let bucket = buckets.get(prefix);
      if (!bucket) {
        bucket = { lengths: [], byLength: new Map() };
        buckets.set(prefix, bucket);
        heads.set(headAt(prefix, 0), (heads.get(headAt(prefix, 0)) ?? 0) + 1);
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
      const others = (heads.get(headAt(prefix, 0)) ?? 1) - 1;
      if (others > 0) heads.set(headAt(prefix, 0), others);
      else heads.delete(headAt(prefix, 0));
    },
    at(text, at) {
      if (!heads.has(headAt(text, at))) return undefined;
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
