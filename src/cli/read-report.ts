/** Reads the report of a finished run. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reportSchema } from '../grade/report.ts';
import type { Report } from '../grade/report.ts';
import { HarnessError } from '../errors.ts';

/** Reads the report of a run.
 * @throws HarnessError `not-a-run` when `dir` has no report of this version. */
export async function readReport(dir: string): Promise<Report> {
  const path = join(dir, 'report.json');
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new HarnessError(
      'not-a-run',
      `There is no report of a run in ${dir}.`,
      'Name the folder of a finished run.',
      {
        cause,
      },
    );
  }
  const parsed = reportSchema.safeParse(value);
  if (parsed.success) {
    const report = value as Report;
    // Reports of earlier versions do not name a requirement set.
    return { ...report, run: { ...report.run, rules: parsed.data.run.rules } };
  }
  const place = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
  throw new HarnessError(
    'not-a-run',
    `${path} is no report of version 1: look at "${place}".`,
    'Write it again: sf-conformance report RUN_DIR',
  );
}
