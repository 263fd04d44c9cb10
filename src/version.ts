/** Reads name and version of the package, as reports show them. */
import { readFileSync } from 'node:fs';

interface Manifest {
  readonly name: string;
  readonly version: string;
}

/** Finds the manifest beside the sources, or one level up beside the compiled ones. */
function manifest(): Manifest {
  for (const path of ['../package.json', '../../package.json']) {
    try {
      return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Manifest;
    } catch {
      continue;
    }
  }
  return { name: 'sf-conformance', version: '0.0.0' };
}

/** Name and version from the package's manifest. */
export const { name, version } = manifest();
