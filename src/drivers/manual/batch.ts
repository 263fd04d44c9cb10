/** Joins calls that are asked for in one tick: a person is asked once, "make 5 at the same moment". */

/** Returns a function that resolves with what `work` gives for all that asked together. */
export function createBatch<T>(work: (k: number) => Promise<T>): () => Promise<T> {
  let size = 0;
  let shared: Promise<T> | undefined;
  return () => {
    size += 1;
    shared ??= Promise.resolve().then(() => {
      const k = size;
      size = 0;
      shared = undefined;
      return work(k);
    });
    return shared;
  };
}
