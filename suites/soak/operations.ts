/** The operations of the soak, drawn from a seed: every fault follows every other one once, with ordinary use in between. */

/** The faults of the soak. */
export const FAULTS = ['busy', 'error-with-200', 'no-refresh-token', 'unauthorized', 'reset-after-commit'] as const;
export type SoakFault = (typeof FAULTS)[number];

export type Operation =
  /** One call while the session lives. */
  | { readonly op: 'call' }
  /** The session dies, then so many calls at once. */
  | { readonly op: 'refresh'; readonly calls: number }
  | { readonly op: 'fault'; readonly fault: SoakFault }
  | { readonly op: 'login' | 'restart' | 'revoke' };

/** How many there are, and how many of them restart the client, connect it again or revoke its grant. */
export const LENGTH = 200;
const RARE: readonly Operation[] = [
  ...Array.from({ length: 4 }, () => ({ op: 'restart' }) as const),
  ...Array.from({ length: 6 }, () => ({ op: 'login' }) as const),
  ...Array.from({ length: 3 }, () => ({ op: 'revoke' }) as const),
];

/** Ordered pairs of faults: all of them, and how many a verdict needs. */
export const PAIRS = FAULTS.length ** 2;
export const LEAST_PAIRS = Math.ceil(PAIRS / 2);

/** Returns how many of the operations it takes to meet `LEAST_PAIRS`. */
export function leastOperations(operations: readonly Operation[]): number {
  const pairs = new Set<string>();
  let last: SoakFault | undefined;
  for (const [index, one] of operations.entries()) {
    if (one.op !== 'fault') continue;
    if (last !== undefined) pairs.add(`${last} ${one.fault}`);
    if (pairs.size >= LEAST_PAIRS) return index + 1;
    last = one.fault;
  }
  return operations.length;
}

/** Draws them; the same numbers give the same operations. */
export function drawOperations(random: () => number): readonly Operation[] {
  const faults = tour(FAULTS.length, random).map((index) => ({ op: 'fault', fault: FAULTS[index] ?? 'busy' }) as const);
  const ordinary = Array.from({ length: LENGTH - faults.length - RARE.length }, (): Operation => {
    const drawn = random();
    if (drawn < 0.55) return { op: 'call' };
    return { op: 'refresh', calls: drawn < 0.85 ? 1 : 3 };
  });
  const between = shuffled([...RARE, ...ordinary], random);
  // The faults keep their order, spread evenly.
  const every = between.length / faults.length;
  return faults.flatMap((fault, index) => [
    ...between.slice(Math.floor(index * every), Math.floor((index + 1) * every)),
    fault,
  ]);
}

/** Returns a closed walk over `size` points that takes every ordered pair, a point after itself included, exactly once (Hierholzer). */
export function tour(size: number, random: () => number): readonly number[] {
  const left = Array.from({ length: size }, () =>
    shuffled(
      Array.from({ length: size }, (_, to) => to),
      random,
    ),
  );
  const path = [0];
  const walk: number[] = [];
  for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
    const next = left[at]?.pop();
    if (next === undefined) walk.push(path.pop() ?? 0);
    else path.push(next);
  }
  return walk;
}

/** In an order of its own. */
function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const keyed = items.map((item) => ({ item, key: random() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}
