/** Maps time to pixels: in order, in proportion within limits, and with room for the labels of every bar. Long waits are shortened. */

/** The time of one bar, and the room it needs. */
export interface Span {
  readonly lane: number;
  readonly from: number;
  readonly to: number;
  /** Pixels that the labels of the bar need in its lane; the bar itself may be shorter. */
  readonly least: number;
}

/** Mapping from time to pixels for one picture, made by `timeScale`. */
export interface TimeScale {
  /** Returns the pixel of an instant that was passed to `timeScale`. */
  x(t: number): number;
  readonly width: number;
  /** Instants with enough room for a label below them. */
  readonly ticks: readonly { readonly t: number; readonly x: number }[];
}

/** Sizes in pixels, except `perMs`, in pixels per millisecond. */
const STEP = { least: 4, most: 60, perMs: 1.2, shortestBar: 24 };
const ROOM = { betweenBars: 14, betweenMarks: 20, betweenTicks: 64 };

/** Distributes instants to the right of `left`. */
export function timeScale(left: number, spans: readonly Span[], marks: readonly number[]): TimeScale {
  const begins = Map.groupBy(spans, ({ from }) => from);
  const ends = Map.groupBy(spans, ({ to }) => to);
  const marked = new Set(marks);
  const times = [...new Set([...begins.keys(), ...ends.keys(), ...marked])].toSorted((a, b) => a - b);
  const pixels = new Map<number, number>();
  const laneEnd = new Map<number, number>();
  let width = left;
  const ticks: { t: number; x: number }[] = [];
  let before: number | undefined;
  let lastMark = -Infinity;
  let x = left;
  for (const t of times) {
    if (before !== undefined) x += Math.min(STEP.most, Math.max(STEP.least, (t - before) * STEP.perMs));
    for (const { from } of ends.get(t) ?? []) x = Math.max(x, (pixels.get(from) ?? x) + STEP.shortestBar);
    for (const { lane } of begins.get(t) ?? []) x = Math.max(x, (laneEnd.get(lane) ?? -Infinity) + ROOM.betweenBars);
    if (marked.has(t)) x = Math.max(x, lastMark + ROOM.betweenMarks);
    for (const { lane, from, least } of ends.get(t) ?? [])
      laneEnd.set(lane, Math.max(x, (pixels.get(from) ?? x) + least));
    width = Math.max(width, x, ...laneEnd.values());
    if (marked.has(t)) lastMark = x;
    pixels.set(t, x);
    if (x - (ticks.at(-1)?.x ?? -Infinity) >= ROOM.betweenTicks) ticks.push({ t, x });
    before = t;
  }
  return { x: (t) => pixels.get(t) ?? left, width, ticks };
}
