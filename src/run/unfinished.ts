/** Runs that never came to their end: the process was killed, the machine went down. The next one that starts reports them. */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Report } from '../grade/report.ts';
import { HarnessError } from '../errors.ts';
import { loadSigningKey } from '../../reports/integrity/signing-key.ts';
import type { Signing } from '../../reports/write.ts';
import type { ReadHistory } from '../history/read-history.ts';
import { isBegunWith } from './begin-signature.ts';
import { pointLatest } from './folder.ts';
import { openHistory } from './regrade.ts';
import { damageOf } from './sign-again.ts';
import { reportRun } from './report-run.ts';

/** Lies in the folder of a run while it lasts, and after it when the process was killed before it could remove it. */
const MARK = 'running.json';
const FOLDER = /^\d{8}-\d{6}-[0-9a-f]{4}$/u;
/** Of the newest folders so many are looked at, and so many unfinished runs are reported. */
const MOST_LOOKED_AT = 200;
const MOST_REPORTED = 3;
/** Whether a process of another machine lives cannot be asked: its history has not grown for so long. */
const SILENT_MS = 600_000;

const markSchema = z.object({ pid: z.int().min(1), host: z.string().max(300) });

/** Marks a run as begun. What it returns says that it has ended, whatever the end was. */
export function markRunning(dir: string): () => void {
  const path = join(dir, MARK);
  writeFileSync(path, `${JSON.stringify({ pid: process.pid, host: hostname() })}\n`);
  return () => {
    rmSync(path, { force: true });
  };
}

export interface Unfinished {
  readonly id: string;
  readonly dir: string;
  /** Undefined: it was killed before there was anything to grade. */
  readonly report: Report | undefined;
}

/** Grades the histories of unfinished runs in `outDir`, oldest first, and writes their reports; `latest` leads to the newest of them. */
export async function reportUnfinished(outDir: string, formats: readonly string[]): Promise<readonly Unfinished[]> {
  const ids = namesIn(outDir)
    .filter((name) => FOLDER.test(name))
    .toSorted()
    .slice(-MOST_LOOKED_AT);
  const now = ids.length === 0 ? 0 : fileTime(outDir);
  const left = ids.filter((id) => isLeft(join(outDir, id), now)).slice(-MOST_REPORTED);
  const reported: Unfinished[] = [];
  for (const id of left) {
    const dir = join(outDir, id);
    const report = await reportOf(id, dir, formats);
    rmSync(join(dir, MARK), { force: true });
    if (report !== undefined) await pointLatest(outDir, { id, path: dir });
    reported.push({ id, dir, report });
  }
  return reported;
}

/** Returns undefined for a history that ends before its first line or cannot be graded: it must not keep the next run from starting. */
async function reportOf(id: string, dir: string, formats: readonly string[]): Promise<Report | undefined> {
  try {
    const read = await openHistory(dir);
    const signing = await signingOf(id, read);
    return (await reportRun({ read, signing, from: dir, to: dir, formats, baseline: [] })).report;
  } catch (error) {
    if (error instanceof HarnessError) return undefined;
    throw error;
  }
}

/** Signs only what this installation began, in the folder in which it began it. */
async function signingOf(id: string, read: ReadHistory): Promise<Signing> {
  const [begin] = read.events;
  const { key } = await loadSigningKey();
  if (!isBegunWith(key, begin)) return { unsigned: 'its run-begin is not signed with the key of this installation' };
  if (begin?.kind === 'run-begin' && begin.run.id !== id)
    return { unsigned: `it is the history of the run ${begin.run.id}` };
  const damage = damageOf(read);
  return damage === undefined ? { key } : { unsigned: damage };
}

function namesIn(dir: string): readonly string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

/** What the file system of a folder calls now, in milliseconds: this machine's clock may be another, and may just have been set.
 * 0 where nothing can be written: then no run is treated as idle. */
function fileTime(dir: string): number {
  const path = join(dir, `.now-${randomUUID()}`);
  try {
    writeFileSync(path, '');
    return statSync(path).mtimeMs;
  } catch {
    return 0;
  } finally {
    rmSync(path, { force: true });
  }
}

/** @param now of the file system */
function isLeft(dir: string, now: number): boolean {
  try {
    const { pid, host } = markSchema.parse(JSON.parse(readFileSync(join(dir, MARK), 'utf8')));
    // A process number of our own was another's: in a container that starts anew it is the same each time.
    if (host === hostname()) return pid === process.pid || !lives(pid);
    return now - statSync(join(dir, 'history.jsonl')).mtimeMs > SILENT_MS;
  } catch {
    return false;
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It exists, and belongs to another process.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
