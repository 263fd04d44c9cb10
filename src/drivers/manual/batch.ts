/** Joins calls that are requested in the same tick: the person is asked once, "make 5 at the same moment". */

/** Returns a function that resolves with the result of `work` for all that asked in the same tick. */
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
