/** The tables of what people wait for. */
import type { RunTime } from './parts/run-times.ts';
import type { StartTime } from './parts/starts.ts';

/** A table in Markdown; all columns but the first hold numbers. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map((_, at) => (at === 0 ? '---' : '---:')), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

export const met = (held: boolean): string => (held ? 'met' : '**not met**');

const seconds = (value: number): string => `${value.toFixed(1)} s`;

/** Replaces the text below a heading of a page in Markdown; a part that is not there is put before the second heading. */
export function withPart(page: string, title: string, text: string): string {
  const part = `## ${title}\n\n${text}\n\n`;
  const parts = page.split(/^(?=## )/m);
  const at = parts.findIndex((one) => one.startsWith(`## ${title}\n`));
  return (at < 0 ? parts.toSpliced(2, 0, part) : parts.with(at, part)).join('');
}

/** The part of the page on whole runs. */
export const wholeRuns = (times: readonly RunTime[]): string =>
  [
    'From the start of the command to its end; medians. The CPU time is that of all processes, those of the client too. Before: the same in the other checkout, by turns with this one.',
    runTimesTable(times),
  ].join('\n\n');

/** The part of the page on starts. */
export const startsPart = (times: readonly StartTime[]): string =>
  [
    'Multiples of `node -e 0`, medians, with a warm compile cache, without npm. From a checkout twice the goal is allowed.',
    startsTable(times),
  ].join('\n\n');

/** Whole runs: how long they take, and how much of what they took before. */
function runTimesTable(times: readonly RunTime[]): string {
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
function startsTable(times: readonly StartTime[]): string {
  return table(
    ['start', 'packed', 'goal', '', 'checkout', 'goal', ''],
    times.map(({ name, goal, packed, checkout }) => [
      ...[name, `${packed.toFixed(1)} ×`, `< ${String(goal)} ×`, met(packed < goal)],
      ...[`${checkout.toFixed(1)} ×`, `< ${String(2 * goal)} ×`, met(checkout < 2 * goal)],
    ]),
  );
}
