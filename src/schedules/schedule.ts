/** Defines schedules: the order in which contenders are committed, and the order in which their answers are sent. */

/** A schedule. Contenders are numbered by arrival from 0; both lists are permutations of them. */
export interface Schedule {
  /** Number of held requests with the same token. */
  readonly contenders: number;
  /** Order in which the server processes them: the first one succeeds. */
  readonly commit: readonly number[];
  /** The order in which their answers are sent. */
  readonly answer: readonly number[];
}

/** Up to this many contenders every schedule is explored: 2!² = 4 for two, 3!² = 36 for three. */
export const EXHAUSTIVE = 3;

/** Returns all schedules for `contenders`, the most orderly first, so that the first failure is the easiest to explain. */
export function enumerate(contenders: number): readonly Schedule[] {
  const orders = permutations(contenders);
  return orders.flatMap((commit) => orders.map((answer) => ({ contenders, commit, answer }))).sort(shortestFirst);
}

/** Returns `count` schedules chosen independently with `random` (numbers in [0, 1)). */
export function sample(contenders: number, count: number, random: () => number): readonly Schedule[] {
  return Array.from({ length: count }, () => ({
    contenders,
    commit: shuffled(contenders, random),
    answer: shuffled(contenders, random),
  }));
}

/** Counts pairs that are not in the order in which they arrived or were committed, which make a schedule hard to read. */
export function disorder({ commit, answer }: Schedule): number {
  return inversions(commit) + inversions(answer.map((contender) => commit.indexOf(contender)));
}

/** Compares schedules for sorting: fewest contenders first, then the most orderly. */
export function shortestFirst(one: Schedule, other: Schedule): number {
  return one.contenders - other.contenders || disorder(one) - disorder(other);
}

/** Reads the schedule in a file or a phase event; undefined when it is not valid. */
export function readSchedule(value: unknown): Schedule | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { contenders, commit, answer } = value as Partial<Record<keyof Schedule, unknown>>;
  if (typeof contenders !== 'number' || !Number.isInteger(contenders) || contenders < 1 || contenders > 64)
    return undefined;
  return isPermutation(commit, contenders) && isPermutation(answer, contenders)
    ? { contenders, commit, answer }
    : undefined;
}

function isPermutation(value: unknown, length: number): value is readonly number[] {
  return (
    Array.isArray(value) &&
    value.length === length &&
    Array.from({ length }, (_, n) => n).every((n) => value.includes(n))
  );
}

function permutations(length: number): readonly (readonly number[])[] {
  if (length === 0) return [[]];
  return permutations(length - 1).flatMap((shorter) =>
    Array.from({ length }, (_, at) => [...shorter.slice(0, at), length - 1, ...shorter.slice(at)]),
  );
}

function inversions(order: readonly number[]): number {
  return order.reduce((sum, value, at) => sum + order.slice(at + 1).filter((later) => later < value).length, 0);
}

/** Returns the numbers from 0 below `length` in a random order. */
export function shuffled(length: number, random: () => number): readonly number[] {
  const order = Array.from({ length }, (_, n) => n);
  for (let at = length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
  return order;
}
