/** Stores schedules on disk: those that a run explored, and one file for each that failed, for `--replay`. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSchedule, type Schedule } from '../schedules/schedule.ts';
import { scheduleTexts } from '../grade/schedule-texts.ts';
import type { Event } from '../history/event.ts';
import { HarnessError } from '../errors.ts';
import { replaceFile } from '../../reports/replace-file.ts';

/** Largest schedule file; real ones have a few hundred bytes. */
const LIMIT_BYTES = 64 * 1024;

/** Loads a schedule from a file.
 * @throws HarnessError `bad-schedule` when the file cannot be read or is not a schedule. */
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

/** Writes the files of `scheduleTexts`. Returns the SHA-256 of each, by its name in `dir`. */
export async function writeSchedules(
  dir: string,
  history: readonly Event[],
): Promise<Readonly<Record<string, string>>> {
  const texts = Object.entries(scheduleTexts(history));
  if (texts.length > 0) await mkdir(join(dir, 'schedules'), { recursive: true });
  const digests: Record<string, string> = {};
  for (const [name, text] of texts) digests[name] = await replaceFile(join(dir, name), text);
  return digests;
}
