/** The notices that the licences of the bundled packages ask for. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OutputChunk } from 'rolldown';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly repository: string | { readonly url: string };
}

const PACKAGE = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/u;

/** Returns the text of `THIRD-PARTY-NOTICES.txt`: each package whose modules are in the files of the bundle, with its licence. */
export function notices(files: readonly Pick<OutputChunk, 'moduleIds'>[]): string {
  const folders = new Set(files.flatMap(({ moduleIds }) => moduleIds.map((id) => PACKAGE.exec(id)?.[0] ?? '')));
  folders.delete('');
  const parts = [...folders].map((folder) => {
    const { name, version, license, repository } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    ) as Manifest;
    const text = licenceText(folder);
    if (text === undefined)
      throw new Error(`${name} ${version} is bundled and has no text of its licence (${license}).`);
    return `${name} ${version} (${license}), ${typeof repository === 'string' ? repository : repository.url}\n\n${text}\n`;
  });
  return `The files in this folder contain code of these packages.\n\n${parts.sort().join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/** The file of its own, or the section of the README. */
function licenceText(folder: string): string | undefined {
  const names = readdirSync(folder);
  const read = (pattern: RegExp): string => {
    const name = names.find((one) => pattern.test(one));
    return name === undefined ? '' : readFileSync(join(folder, name), 'utf8');
  };
  const text = read(/^licen[cs]e(?:\.|$)/iu) || /^#+ licen[cs]e$[^]*/imu.exec(read(/^readme/iu))?.[0];
  return text?.trim();
}
