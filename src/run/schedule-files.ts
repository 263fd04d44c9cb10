/** Schedules on disk: what a run explored, and one file for each that failed, for `--replay`. */
import { judgedPlays } from '../history/judged-plays.ts';
import { hash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSchedule, shortestFirst, type Schedule } from '../schedules/schedule.ts';
import { playedSchedules } from '../grade/schedules.ts';
import type { Event } from '../history/event.ts';
import { scenarioHistory } from '../history/query.ts';
import { HarnessError } from '../errors.ts';

/** A schedule file is a few hundred bytes. */
const LIMIT_BYTES = 64 * 1024;

/** @throws HarnessError `bad-schedule` when the file cannot be read or holds no schedule. */
export async function loadSchedule(path: string): Promise<Schedule> {
  let value: unknown;
  try {
    const text = await readFile(path, 'utf8');
    value = text.length > LIMIT_BYTES ? undefined : JSON.parse(text);
  } catch (cause) {
    throw new HarnessError('bad-schedule', `The schedule ${path} cannot be read.`, HINT, { cause });
  }
  const schedule = readSchedule(value);
  if (schedule === undefined) throw new HarnessError('bad-schedule', `${path} holds no schedule.`, HINT);
  return schedule;
}

const HINT = 'Name a file of the folder `schedules` of an earlier run.';

/** Writes `schedules/<scenario>.json` with all that was explored, and `<scenario>-failing-<n>.json` for each that failed,
 * the shortest first. Returns the SHA-256 of each file by its name in `dir`. */
export async function writeSchedules(
  dir: string,
  history: readonly Event[],
): Promise<Readonly<Record<string, string>>> {
  const digests: Record<string, string> = {};
  const write = async (name: string, value: unknown): Promise<void> => {
    const text = `${JSON.stringify(value, null, 2)}\n`;
    await writeFile(join(dir, 'schedules', name), text);
    digests[`schedules/${name}`] = hash('sha256', text, 'hex');
  };
  const groups = Map.groupBy(history, ({ scenario }) => scenario);
  for (const [scenario, events] of groups) {
    const played = playedSchedules(scenarioHistory(scenario, judgedPlays(events)));
    if (played.length === 0) continue;
    const all = played.map(({ schedule = null, violated }) => ({ schedule, violated }));
    await mkdir(join(dir, 'schedules'), { recursive: true });
    await write(`${scenario}.json`, all);
    const failing = all
      .flatMap(({ schedule, violated }) => (violated && schedule !== null ? [schedule] : []))
      .sort(shortestFirst);
    for (const [n, schedule] of failing.entries()) await write(`${scenario}-failing-${String(n + 1)}.json`, schedule);
  }
  return digests;
}
