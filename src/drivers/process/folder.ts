/** Creates temporary folders for scenarios: empty at first, removed at the end, closed to other users of the machine. */
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HarnessError } from '../../errors.ts';
import { ledgerIn } from './ledger.ts';
import { clearAtExit } from './leftovers.ts';
import { here } from './platform.ts';

/** A folder that exists for one scenario. */
export interface TemporaryFolder {
  readonly path: string;
  remove(): void;
}

/** Creates a folder.
 * @param purpose part of its name: `state`, `browser` */
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

/** Creates and removes a folder for temporary files, so that a run without a writable folder fails immediately.
 * @throws HarnessError `temp-not-writable`, which names the variable and the folder. */
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

/** Returns a folder for temporary files whose path has no spaces or colons, which `$BROWSER` may not contain. */
export function plainTemporary(): string {
  const usual = tmpdir();
  return here.plainBrowserPath && /[\s:]/.test(usual) && existsSync('/tmp') ? '/tmp' : usual;
}
