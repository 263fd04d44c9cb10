/** Time to height: in order, in proportion within bounds, and with room for every label. Long waits are squeezed. */

export interface TimeScale {
  /** Height of an instant that was given. */
  y(t: number): number;
  readonly height: number;
  /** Instants worth a label at the edge, not too close to each other. */
  readonly ticks: readonly { readonly t: number; readonly y: number }[];
}

/** Pixels, but for `perMs`. */
const STEP = { least: 7, most: 46, perMs: 0.35 };
const TALL = { span: 38, gap: 12, mark: 22, tick: 34 };

export function timeScale(input: {
  readonly top: number;
  readonly spans: readonly { readonly lane: string; readonly from: number; readonly to: number }[];
  readonly instants: readonly number[];
  readonly others: readonly number[];
}): TimeScale {
  const marks = new Set(input.instants);
  const begins = Map.groupBy(input.spans, ({ from }) => from);
  const ends = Map.groupBy(input.spans, ({ to }) => to);
  const times = [...new Set([...begins.keys(), ...ends.keys(), ...marks, ...input.others])].toSorted((a, b) => a - b);
  const heights = new Map<number, number>();
  const laneEnd = new Map<string, number>();
  const ticks: { t: number; y: number }[] = [];
  let before: number | undefined;
  let y = input.top;
  let lastMark = -Infinity;
  for (const t of times) {
    if (before !== undefined) y += Math.min(STEP.most, Math.max(STEP.least, (t - before) * STEP.perMs));
    for (const { from } of ends.get(t) ?? []) if (from < t) y = Math.max(y, (heights.get(from) ?? y) + TALL.span);
    for (const { lane } of begins.get(t) ?? []) y = Math.max(y, (laneEnd.get(lane) ?? -Infinity) + TALL.gap);
    if (marks.has(t)) y = Math.max(y, lastMark + TALL.mark);
    for (const { lane } of ends.get(t) ?? []) laneEnd.set(lane, y);
    if (marks.has(t)) lastMark = y;
    heights.set(t, y);
    if (ticks.length === 0 || y - (ticks.at(-1)?.y ?? 0) >= TALL.tick) ticks.push({ t, y });
    before = t;
  }
  return { y: (t) => heights.get(t) ?? input.top, height: y, ticks };
}
