/** Reads metadata in folders and files on disk. */
import { realpath, stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';

import { oneLine } from '../../reports/text/printable.ts';
import type { LeftOutFile, LeftOutReason, SettingsProblem } from '../history/settings.ts';
import { HarnessError } from '../errors.ts';
import { trackedFiles } from './git.ts';
import { arrivals } from './git-dates.ts';
import { isNeverPackaged, metadataFileName, type MetadataType } from './metadata-file.ts';
import type { MetadataFile, MetadataSource } from './metadata-source.ts';
import { projectsOnDisk } from './project-on-disk.ts';
import { readBounded } from './read-bounded.ts';
import { unreadLinks, walk, type Found } from './walk.ts';
import { MAX_BYTES } from './xml.ts';
import { isZip, MAX_ZIP_BYTES, readZip } from './zip.ts';

/** Most bytes of all files together; some thousand times the apps of one partner. */
const MAX_TOTAL_BYTES = 16 * 1_048_576;

/** Reads everything that `paths` name: folders with all subfolders, single files of any name, zip files.
 * @param cwd base of relative paths.
 * @throws HarnessError `settings-path` for a path that does not exist or cannot be read. */
export async function readFolders(paths: readonly string[], cwd: string): Promise<MetadataSource> {
  const { found, leftOut, problems } = await find(paths, cwd);
  const typed = (type: MetadataType): readonly string[] =>
    [...found.keys()].filter((absolute) => metadataFileName(slashed(absolute))?.type === type);
  const tracked = await trackedFiles(typed('ExtlClntAppGlobalOauthSettings'));
  const dated = await arrivals(typed('ConnectedApp'));
  const files: MetadataFile[] = [];
  let room = MAX_TOTAL_BYTES;
  for (const [absolute, { named, reason, version }] of found) {
    const shown = shownFrom(cwd)(absolute);
    const called = /\.zip$/i.test(absolute);
    const bytes = await readBounded(absolute, named ? MAX_ZIP_BYTES : MAX_BYTES);
    const problem = (code: SettingsProblem['code'], message: string): void => {
      problems.push({ code, message, place: { file: shown, line: 1, column: 1 } });
    };
    if (typeof bytes === 'string') {
      problem(called ? 'archive' : 'unreadable', bytes);
    } else if (called || (named && isZip(bytes))) {
      const inside = await readZip(shown, bytes, room);
      room -= inside.files.reduce((sum, file) => sum + file.bytes.length, 0);
      files.push(...inside.files);
      problems.push(...inside.problems);
      leftOut.push(...(inside.leftOut ?? []));
    } else if (bytes.length > room) {
      const limit = String(MAX_TOTAL_BYTES);
      problem('too-large', `All files together are larger than ${limit} bytes; this one was not read.`);
    } else {
      room -= bytes.length;
      const [arrival, isTracked] = [dated.get(absolute), tracked?.has(absolute)];
      files.push({ path: shown, bytes, named, apiVersion: version, tracked: isTracked, arrival, leftOut: reason });
    }
  }
  return { files, problems, leftOut };
}

/** A file to read, and how its project treats it. */
interface FoundFile {
  readonly named: boolean;
  readonly version: number | undefined;
  /** Why the file is left out unless a graded app needs it. */
  readonly reason: LeftOutReason | undefined;
}

async function find(
  paths: readonly string[],
  cwd: string,
): Promise<{ found: ReadonlyMap<string, FoundFile>; leftOut: LeftOutFile[]; problems: SettingsProblem[] }> {
  const show = shownFrom(cwd);
  const problems: SettingsProblem[] = [];
  const walked: Found = new Map();
  const roots: string[] = [];
  const links = new Map<string, readonly string[]>();
  for (const path of paths) {
    const kind = await kindOf(resolve(cwd, path), path);
    const absolute = await realpath(resolve(cwd, path));
    if (kind === 'file') walked.set(absolute, { named: true, roots: [] });
    else {
      roots.push(absolute);
      for (const link of await walk(absolute, walked, problems, show))
        links.set(link, [...(links.get(link) ?? []), absolute]);
    }
  }
  const projects = projectsOnDisk();
  for (const link of await unreadLinks([...links.keys()], roots, walked)) {
    if ((await projects.whyLeftOut(link, links.get(link) ?? [])) !== undefined) continue;
    const message = 'It is a link, and links are not followed; name what it leads to as well.';
    problems.push({ code: 'unreadable', message, place: { file: show(link), line: 1, column: 1 } });
  }
  const found = new Map<string, FoundFile>();
  const leftOut: LeftOutFile[] = [];
  for (const [absolute, { named, roots: below }] of walked) {
    const isManifest = metadataFileName(slashed(absolute))?.type === 'Package';
    const reason = named || isManifest ? undefined : await projects.whyLeftOut(absolute, below);
    if (reason !== undefined && !isNeverPackaged(reason, slashed(absolute)))
      leftOut.push({ file: show(absolute), reason });
    else found.set(absolute, { named, reason, version: await projects.version(absolute) });
  }
  return { found, leftOut, problems };
}

/** Returns a function that shows paths relative to `cwd`, with `/` on every system. */
export function shownFrom(cwd: string): (absolute: string) => string {
  return (absolute) => oneLine(slashed(relative(cwd, absolute) || '.'), 1000);
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}

async function kindOf(absolute: string, path: string): Promise<'file' | 'folder'> {
  const found = await stat(absolute).catch((cause: unknown) => {
    throw new HarnessError(
      'settings-path',
      `There is no file or folder "${oneLine(path, 200)}".`,
      'Name the folder of your Salesforce project, a metadata file, or a zip file.',
      { cause },
    );
  });
  if (found.isDirectory()) return 'folder';
  if (found.isFile()) return 'file';
  throw new HarnessError(
    'settings-path',
    `"${oneLine(path, 200)}" is neither a file nor a folder.`,
    'Name a folder, a metadata file, or a zip file.',
  );
}
