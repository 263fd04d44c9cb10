/** Writes the authority's certificate to a file, for clients that trust the authorities of a file (contract, section 3). */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface CaFile {
  readonly path: string;
  /** Removes the file and its folder. */
  remove(): Promise<void>;
}

/** Writes a PEM into a temporary folder that only this user may enter. */
export async function writeCaFile(pem: string): Promise<CaFile> {
  const folder = await mkdtemp(join(tmpdir(), 'sf-conformance-ca-'));
  const path = join(folder, 'ca.pem');
  await writeFile(path, pem, { mode: 0o600 });
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}
