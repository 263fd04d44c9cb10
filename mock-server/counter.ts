/** Returns a function that counts up: 1, 2 … */
export function createCounter(): () => number {
  let count = 0;
  return () => (count += 1);
}
