/** Counts up: `after` + 1, `after` + 2 … */
export function createCounter(after = 0): () => number {
  let count = after;
  return () => (count += 1);
}
