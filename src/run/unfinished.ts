/** Reports runs that never ended because the process was killed or the machine went down; the next run finds them. */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Report } from '../grade/report.ts';
import { pointLatest } from './folder.ts';

/** File in the folder of a run while it runs; it remains when the process is killed. */
const MARK = 'running.json';
const FOLDER = /^\d{8}-\d{6}-[0-9a-f]{4}$/u;
/** Number of recent folders that are examined, and of unfinished runs that are reported. */
const MOST_LOOKED_AT = 200;
const MOST_REPORTED = 3;
/** Milliseconds without growth after which the history of another machine's process is treated as unfinished, because that process cannot
 * be checked. */
const SILENT_MS = 600_000;

const markSchema = z.object({ pid: z.int().min(1), host: z.string().max(300) });

/** Marks a run as running. The returned function removes the mark. */
export function markRunning(dir: string): () => void {
  const path = join(dir, MARK);
  writeFileSync(path, `${JSON.stringify({ pid: process.pid, host: hostname() })}\n`);
  return () => {
    rmSync(path, { force: true });
  };
}

/** A run that never ended, with its report. */
export interface Unfinished {
  readonly id: string;
  readonly dir: string;
  /** Undefined when the run was killed before there was anything to grade. */
  readonly report: Report | undefined;
}

/** Grades the histories of unfinished runs in `outDir`, oldest first, and writes their reports; `latest` then points to the newest of
 * them. */
export async function reportUnfinished(outDir: string, formats: readonly string[]): Promise<readonly Unfinished[]> {
  const ids = namesIn(outDir)
    .filter((name) => FOLDER.test(name))
    .toSorted()
    .slice(-MOST_LOOKED_AT);
  const now = ids.length === 0 ? 0 : fileTime(outDir);
  const left = ids.filter((id) => isLeft(join(outDir, id), now)).slice(-MOST_REPORTED);
  if (left.length === 0) return [];
  const { reportUnfinishedRun } = await import('./unfinished-report.ts');
  const reported: Unfinished[] = [];
  for (const id of left) {
    const dir = join(outDir, id);
    const report = await reportUnfinishedRun(id, dir, formats);
    rmSync(join(dir, MARK), { force: true });
    if (report !== undefined) await pointLatest(outDir, { id, path: dir });
    reported.push({ id, dir, report });
  }
  return reported;
}

function namesIn(dir: string): readonly string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

/** Returns the current time of the folder's file system in milliseconds, because this machine's clock may differ or may just have been
 * changed. 0 when nothing can be written: then no run is treated as unfinished. */
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

/** Returns whether the process of a run is gone.
 * @param now time of the file system */
function isLeft(dir: string, now: number): boolean {
  try {
    const { pid, host } = markSchema.parse(JSON.parse(readFileSync(join(dir, MARK), 'utf8')));
    // A process id may have been reused: in a container that restarts, it is the same each time.
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
    // The process exists and belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
