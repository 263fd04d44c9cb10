/** Shortens a list of steps that fails to a shorter one that still fails (delta debugging). */

/** Tries the last steps first, twice as many each time; then the rest without each single step. Tries at most `budget` lists. Resolves
 * with the shortest that failed; with `failing` when no shorter one did. */
export async function shorten<T>(
  failing: readonly T[],
  fails: (steps: readonly T[]) => Promise<boolean>,
  budget: number,
): Promise<readonly T[]> {
  let left = budget;
  const stillFails = (steps: readonly T[]): Promise<boolean> => {
    left -= 1;
    return left < 0 ? Promise.resolve(false) : fails(steps);
  };
  let shortest = failing;
  for (let length = 1; length < failing.length && left > 0; length *= 2) {
    const last = failing.slice(-length);
    if (!(await stillFails(last))) continue;
    shortest = last;
    break;
  }
  for (let at = 0; at < shortest.length && shortest.length > 1 && left > 0;) {
    const without = shortest.toSpliced(at, 1);
    if (await stillFails(without)) shortest = without;
    else at += 1;
  }
  return shortest;
}
