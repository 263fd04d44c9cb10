/** Reads metadata inside a zip file. Everything is bounded, because a small archive can expand to a large amount of data. */
import { Buffer } from 'node:buffer';
import zlib from 'node:zlib';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';

import { oneLine } from '../../reports/text/printable.ts';
import type { LeftOutFile, LeftOutReason, SettingsProblem } from '../history/settings.ts';
import { isNeverPackaged, metadataFileName } from './metadata-file.ts';
import type { MetadataFile, MetadataSource } from './metadata-source.ts';
import { isProjectFile, projectsInTree, type ProjectsInTree } from './projects-in-tree.ts';
import { MAX_BYTES } from './xml.ts';

/** Largest archive in bytes. */
export const MAX_ZIP_BYTES = 64 * 1_048_576;
const MAX_ENTRIES = 50_000;
const MAX_FILES = 5_000;
/** Most uncompressed bytes of all entries that are read. */
const MAX_INFLATED_BYTES = 16 * 1_048_576;

/** Returns whether these bytes begin like a zip file, whatever its name. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/** Reads the metadata files of an archive. Never throws because of its content.
 * @param path path of the archive for messages
 * @param room most uncompressed bytes */
export async function readZip(path: string, bytes: Uint8Array, room = MAX_INFLATED_BYTES): Promise<MetadataSource> {
  const files: (MetadataFile & { readonly inside: string })[] = [];
  const problems: SettingsProblem[] = [];
  const projectFiles = new Map<string, Uint8Array>();
  const problem = (code: SettingsProblem['code'], message: string, file = path): void => {
    problems.push({ code, message, place: { file, line: 1, column: 1 } });
  };
  if (bytes.length > MAX_ZIP_BYTES) {
    problem('archive', `The archive is larger than ${String(MAX_ZIP_BYTES)} bytes.`);
    return { files, problems };
  }
  let inflated = 0;
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), {
      lazyEntries: true,
      strictFileNames: false,
    });
    let seen = 0;
    for await (const entry of zip.eachEntry()) {
      seen += 1;
      if (seen > MAX_ENTRIES) {
        problem('archive', `The archive has more than ${String(MAX_ENTRIES)} entries; the rest was not looked at.`);
        break;
      }
      const inside = oneLine(entry.fileName, 400);
      if (inside.endsWith('/') || isBookkeeping(inside)) continue;
      if (!isProjectFile(inside) && metadataFileName(inside) === undefined) continue;
      const shown = `${path}!/${inside}`;
      if (files.length >= MAX_FILES || problems.length >= MAX_FILES) {
        problem('too-many', `The archive has more than ${String(MAX_FILES)} metadata files; the rest was not read.`);
        break;
      }
      if (entry.isEncrypted()) {
        problem('archive', 'It is encrypted.', shown);
        continue;
      }
      const content = await inflate(zip, entry, Math.min(MAX_BYTES, room - inflated)).catch((error: unknown) => ({
        reason: error instanceof Error ? error.message : String(error),
      }));
      if ('reason' in content) {
        problem('archive', `It cannot be taken out of the archive: ${oneLine(content.reason, 160)}`, shown);
        continue;
      }
      inflated += content.length;
      if (isProjectFile(inside)) projectFiles.set(inside, content);
      else files.push({ path: shown, inside, bytes: content });
    }
  } catch (error) {
    problem('archive', `It is not a readable zip file: ${oneLine(error instanceof Error ? error.message : '', 160)}`);
  }
  return bySource(path, files, problems, projectsInTree(projectFiles));
}

/** Leaves out files and problems that are not source of their project. */
function bySource(
  archive: string,
  files: readonly (MetadataFile & { readonly inside: string })[],
  problems: readonly SettingsProblem[],
  projects: ProjectsInTree,
): MetadataSource {
  const reasonOf = (inside: string): LeftOutReason | undefined => projects.whyLeftOut(inside, ['']);
  const read: MetadataFile[] = [];
  const leftOut: LeftOutFile[] = [];
  for (const { inside, ...file } of files) {
    const reason = reasonOf(inside);
    if (reason !== undefined && !isNeverPackaged(reason, inside)) leftOut.push({ file: file.path, reason });
    else read.push({ ...file, apiVersion: projects.version(inside), leftOut: reason });
  }
  const prefix = `${archive}!/`;
  const isSource = ({ place: { file } }: SettingsProblem): boolean =>
    !file.startsWith(prefix) || reasonOf(file.slice(prefix.length)) === undefined;
  return { files: read, problems: problems.filter(isSource), leftOut };
}

/** Returns whether an entry was added by macOS; it has the name of a real file without its content. */
function isBookkeeping(name: string): boolean {
  return /(?:^|\/)(?:__MACOSX\/|\._)/.test(name);
}

async function inflate(zip: ZipFile, entry: Entry, limit: number): Promise<Uint8Array> {
  const stream = await zip.openReadStreamPromise(entry);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) {
      stream.destroy();
      throw new Error(`it is larger than ${String(limit)} bytes`);
    }
    chunks.push(chunk);
  }
  const content = Buffer.concat(chunks);
  // Node 22.0 and 22.1 lack it; there a damaged entry is recognized by its size and its XML.
  if ('crc32' in zlib && zlib.crc32(content) !== entry.crc32) throw new Error('its checksum does not fit');
  return content;
}
