/** Stores the result of a run in the database, with retries while it is unavailable. */
import { hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { PublicationLog } from '../store/publication-log.ts';
import type { RunStore } from '../store/run-store.ts';

/** Options of `keepReport`. */
export interface KeepReportOptions {
  readonly store: RunStore;
  readonly log: PublicationLog;
  /** Folder of the run. */
  readonly dir: string;
  /** Whether to store the history as a file; otherwise its lines are stored already. */
  readonly withHistory: boolean;
}

/** Stores the files of a report and adds it to the log of the service; returns their names and that of the history. */
export async function keepReport({ store, log, dir, withHistory }: KeepReportOptions): Promise<readonly string[]> {
  const names: string[] = [];
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(dir, path).split(sep).join('/');
    const isKept = name === 'history.jsonl' && !withHistory;
    if (!entry.isFile() || name === 'running.json' || isKept) continue;
    const content = await readFile(path);
    await retried(() => store.keep(name, content));
    if (name === 'report.sig') await retried(() => log.add(hash('sha256', content, 'hex'), new Date()));
    names.push(name);
  }
  return [...new Set([...names, 'history.jsonl'])];
}

/** Milliseconds after which writing is abandoned. */
const PATIENCE_MS = 600_000;
const RETRY_MS = 500;

/** Repeats work that fails because the database is unavailable, until it succeeds. The work must be idempotent. */
export async function retried<T>(act: () => Promise<T>): Promise<T> {
  for (const until = performance.now() + PATIENCE_MS; ;) {
    try {
      return await act();
    } catch (error) {
      if (performance.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}
