/** Records what a client has stored in its state folder: names, permissions and which secrets are there unencrypted. Never contents. */
import { closeSync, fstatSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { StateFile } from '../../history/event.ts';
import { clientText, type SessionContext } from '../driver.ts';
import { here } from './platform.ts';

const mostFiles = 200;
/** Most entries, files and folders together, and the depth. */
const mostEntries = 2_000;
const mostLevels = 6;
/** Bytes read of each file. Token stores are small; the rest of a large file is not searched. */
const mostBytes = 262_144;
/** Labels of secrets that the mock issued or received; a `VALUE` is only a guess. */
const secret = /^(RT|AT|CODE|VERIFIER|IDTOKEN|SECRET)(#|$)/;
const READ_BY_OTHERS = 0o004;
const ENTERED_BY_OTHERS = 0o001;

/** Lists the files of a state folder. Never throws; entries that cannot be read are left out. Links are not followed. */
export function lookIntoFolder(folder: string, context: Pick<SessionContext, 'redact' | 'hide'>): readonly StateFile[] {
  const { redact } = context;
  const files: StateFile[] = [];
  const permissions = here.fileModes;
  let entries = 0;

  const walk = (path: string, level: number, open: boolean): void => {
    for (const name of listed(path)) {
      entries += 1;
      if (entries > mostEntries || files.length >= mostFiles) return;
      const at = join(path, name);
      const about = lstatSync(at, { throwIfNoEntry: false });
      if (about === undefined) continue;
      if (about.isDirectory()) {
        if (level < mostLevels) walk(at, level + 1, open && (about.mode & ENTERED_BY_OTHERS) !== 0);
        continue;
      }
      const text = about.isFile() ? beginning(at) : undefined;
      if (text === undefined) continue;
      files.push({
        name: redact(clientText(context, relative(folder, at))).text.slice(0, 128),
        bytes: about.size,
        ...(permissions ? { mode: (about.mode & 0o777).toString(8).padStart(3, '0') } : {}),
        exposed: permissions && open && (about.mode & READ_BY_OTHERS) !== 0,
        holds: [...new Set(redact(text).leaked)].filter((label) => secret.test(label)),
      });
    }
  };
  walk(folder, 0, true);
  return files;
}

function listed(path: string): readonly string[] {
  try {
    return readdirSync(path).sort();
  } catch {
    return [];
  }
}

/** Returns the first bytes of a file as text; undefined when it cannot be read. */
function beginning(path: string): string | undefined {
  let handle: number | undefined;
  try {
    handle = openSync(path, 'r');
    const bytes = Buffer.alloc(Math.min(mostBytes, fstatSync(handle).size));
    return bytes.toString('utf8', 0, readSync(handle, bytes));
  } catch {
    return undefined;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}
