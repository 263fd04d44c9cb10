/** A folder of its own for a scenario: empty at first, gone at the end, closed to other users of the machine. */
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HarnessError } from '../../errors.ts';
import { ledgerIn } from './ledger.ts';
import { clearAtExit } from './leftovers.ts';
import { here } from './platform.ts';

export interface TemporaryFolder {
  readonly path: string;
  remove(): void;
}

/** Makes a folder. @param purpose part of its name: `state`, `browser`. */
export function temporaryFolder(purpose: string): TemporaryFolder {
  const parent = plainTemporary();
  const path = mkdtempSync(join(parent, `sf-conformance-${purpose}-`));
  const gone = ledgerIn(parent).folder(path);
  chmodSync(path, 0o700);
  const remove = (): void => {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    gone();
  };
  const forget = clearAtExit(remove);
  return {
    path,
    remove() {
      forget();
      remove();
    },
  };
}

/**
 * Makes and removes a folder for temporary files, so that a run ends at once where it could not begin.
 * @throws HarnessError `temp-not-writable`, which names the variable and the folder.
 */
export function assertTemporary(): void {
  const parent = plainTemporary();
  try {
    rmSync(mkdtempSync(join(parent, 'sf-conformance-probe-')), { recursive: true });
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new HarnessError(
      'temp-not-writable',
      `The folder for temporary files, ${parent}, which TMPDIR names, cannot be written${why}.`,
      'Set TMPDIR to a folder that is there and can be written.',
      { cause },
    );
  }
}

/** Returns a folder for temporary files without spaces and colons. `$BROWSER` may hold neither spaces nor colons, so the folder that it is in may not either. */
export function plainTemporary(): string {
  const usual = tmpdir();
  return here.plainBrowserPath && /[\s:]/.test(usual) && existsSync('/tmp') ? '/tmp' : usual;
}
