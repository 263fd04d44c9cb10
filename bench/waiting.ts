/** The tables of what people wait for. */
import type { RunTime } from './parts/run-times.ts';
import type { StartTime } from './parts/starts.ts';

/** A table in Markdown; all columns but the first hold numbers. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map((_, at) => (at === 0 ? '---' : '---:')), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

export const met = (held: boolean): string => (held ? 'met' : '**not met**');

const seconds = (value: number): string => `${value.toFixed(1)} s`;

/** Whole runs: how long they take, and how much of what they took before. */
export function runTimesTable(times: readonly RunTime[]): string {
  return table(
    ['run', 'wall', 'goal', '', 'CPU', 'wall before', 'CPU before', 'of before'],
    times.map(({ name, goalS, now, before }) => [
      ...[name, seconds(now.wallS), `< ${String(goalS)} s`, met(now.wallS < goalS), seconds(now.cpuS)],
      ...(before === undefined
        ? ['', '', '']
        : [seconds(before.wallS), seconds(before.cpuS), `× ${(now.wallS / before.wallS).toFixed(2)}`]),
    ]),
  );
}

/** Starts, as multiples of that of Node. */
export function startsTable(times: readonly StartTime[]): string {
  return table(
    ['start', 'packed', 'goal', '', 'checkout', 'goal', ''],
    times.map(({ name, goal, packed, checkout }) => [
      ...[name, `${packed.toFixed(1)} ×`, `< ${String(goal)} ×`, met(packed < goal)],
      ...[`${checkout.toFixed(1)} ×`, `< ${String(2 * goal)} ×`, met(checkout < 2 * goal)],
    ]),
  );
}
