/** Creates the folder of a run and the link `latest`. */
import { randomBytes } from 'node:crypto';
import { rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Log } from '../history/log.ts';
import { openLog } from '../history/open-log.ts';
import { HarnessError } from '../errors.ts';
import { makeFolder } from '../history/make-folder.ts';

/** The folder of one run. */
export interface RunFolder {
  /** `20261123-063252-4f1c`. */
  readonly id: string;
  readonly path: string;
}

/** Creates a new folder for a run that begins at `startedAt`.
 * @throws HarnessError `out-not-writable`. */
export async function createRunFolder(outDir: string, startedAt: Date): Promise<RunFolder> {
  const stamp = startedAt.toISOString().replaceAll(/[-:]/gu, '').replace('T', '-').slice(0, 15);
  const id = `${stamp}-${randomBytes(2).toString('hex')}`;
  const path = join(outDir, id);
  try {
    await makeFolder(path);
  } catch (cause) {
    throw new HarnessError(
      'out-not-writable',
      `The folder ${path} could not be made.`,
      'Name another one with --out.',
      {
        cause,
      },
    );
  }
  return { id, path };
}

/** Creates the history of a run.
 * @throws HarnessError `out-not-writable`. */
export function beginHistory(dir: string): Log {
  const path = join(dir, 'history.jsonl');
  try {
    return openLog({ path });
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new HarnessError(
      'out-not-writable',
      `The history ${path} could not be begun${why}.`,
      'Name another folder with --out.',
      {
        cause,
      },
    );
  }
}

/** Points `latest` to a run. Where symbolic links are not allowed, `latest` is a file with the folder's name. */
export async function pointLatest(outDir: string, run: RunFolder): Promise<void> {
  const link = join(outDir, 'latest');
  const next = join(outDir, `.latest-${run.id}`);
  try {
    await symlink(basename(run.path), next, 'dir');
    await rename(next, link);
  } catch {
    await rm(next, { force: true });
    await rm(link, { force: true, recursive: true });
    await writeFile(link, `${basename(run.path)}\n`);
  }
}
