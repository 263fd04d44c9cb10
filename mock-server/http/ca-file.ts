/** Writes the authority's certificate to a file, for clients that read trusted authorities from a file. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A temporary certificate file. */
export interface CaFile {
  readonly path: string;
  /** Removes the file and its folder. */
  remove(): Promise<void>;
}

/** Writes a PEM to a temporary folder that only this user may access. */
export async function writeCaFile(pem: string): Promise<CaFile> {
  const folder = await mkdtemp(join(tmpdir(), 'sf-conformance-ca-'));
  const path = join(folder, 'ca.pem');
  await writeFile(path, pem, { mode: 0o600 });
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}
