/** A folder of its own for a scenario: empty at first, gone at the end, closed to other users of the machine. */
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ledgerIn } from './ledger.ts';
import { clearAtExit } from './leftovers.ts';

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

/** `$BROWSER` may hold neither spaces nor colons, so the folder that it stands in may not either. */
export function plainTemporary(): string {
  const usual = tmpdir();
  return process.platform !== 'win32' && /[\s:]/.test(usual) && existsSync('/tmp') ? '/tmp' : usual;
}
