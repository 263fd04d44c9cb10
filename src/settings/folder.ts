/** Metadata in folders and files on disk. */
import { open, realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';

import { oneLine } from '../../reports/text/printable.ts';
import type { SettingsProblem } from '../history/settings.ts';
import { HarnessError } from '../errors.ts';
import { trackedFiles } from './git.ts';
import { arrivals } from './git-dates.ts';
import { metadataFileName, type MetadataType } from './metadata-file.ts';
import type { MetadataFile, MetadataSource } from './metadata-source.ts';
import { projectVersion, VERSION_FILES } from './project-version.ts';
import { unreadLinks, walk, type Found } from './walk.ts';
import { MAX_BYTES } from './xml.ts';
import { isZip, MAX_ZIP_BYTES, readZip } from './zip.ts';

/** Of all files together: some thousand times what the apps of one partner take. */
const MAX_TOTAL_BYTES = 16 * 1_048_576;
/** How far above a file its project is looked for. */
const MAX_UP = 20;

/**
 * Reads everything that `paths` name: folders with all below them, single files whatever they are called, zip files.
 * @param cwd what relative paths are relative to.
 * @throws HarnessError `settings-path` for a path that is not there or cannot be read.
 */
export async function readFolders(paths: readonly string[], cwd: string): Promise<MetadataSource> {
  const problems: SettingsProblem[] = [];
  const found: Found = new Map();
  const roots: string[] = [];
  const links: string[] = [];
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    const kind = await kindOf(absolute, path);
    if (kind === 'file') found.set(await realpath(absolute), { named: true });
    else {
      const root = await realpath(absolute);
      roots.push(root);
      links.push(...(await walk(root, found, problems, shownFrom(cwd))));
    }
  }
  for (const link of await unreadLinks(links, roots, found)) {
    problems.push({
      code: 'unreadable',
      message: 'It is a link, and links are not followed; name what it leads to as well.',
      place: { file: shownFrom(cwd)(link), line: 1, column: 1 },
    });
  }
  let room = MAX_TOTAL_BYTES;
  const versions = versionFinder();
  const typed = (type: MetadataType): readonly string[] =>
    [...found.keys()].filter((absolute) => metadataFileName(slashed(absolute))?.type === type);
  const tracked = await trackedFiles(typed('ExtlClntAppGlobalOauthSettings'));
  const dated = await arrivals(typed('ConnectedApp'));
  const files: MetadataFile[] = [];
  for (const [absolute, { named }] of found) {
    const shown = shownFrom(cwd)(absolute);
    const called = /\.zip$/i.test(absolute);
    const bytes = await readBounded(absolute, named ? MAX_ZIP_BYTES : MAX_BYTES);
    const zip = called || (named && typeof bytes !== 'string' && isZip(bytes));
    const problem = (code: SettingsProblem['code'], message: string): void => {
      problems.push({ code, message, place: { file: shown, line: 1, column: 1 } });
    };
    if (typeof bytes === 'string') {
      problem(called ? 'archive' : 'unreadable', bytes);
    } else if (zip) {
      const inside = await readZip(shown, bytes, room);
      room -= sizeOf(inside.files);
      files.push(...inside.files);
      problems.push(...inside.problems);
    } else if (bytes.length > room) {
      problem(
        'too-large',
        `All files together are larger than ${String(MAX_TOTAL_BYTES)} bytes; this one was not read.`,
      );
    } else {
      room -= bytes.length;
      const apiVersion = await versions(dirname(absolute));
      files.push({
        path: shown,
        bytes,
        named,
        apiVersion,
        tracked: tracked?.has(absolute),
        arrival: dated.get(absolute),
      });
    }
  }
  return { files, problems };
}

/** Returns how a path is shown: relative to `cwd`, so that it leads to the file from there; `/` on every system. */
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

function sizeOf(files: readonly MetadataFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

/** The content, or why it is not to be had. Only of an ordinary file: reading a pipe or a device may never end. */
async function readBounded(absolute: string, limit: number): Promise<Uint8Array | string> {
  try {
    const about = await stat(absolute);
    if (!about.isFile()) return 'It is no ordinary file.';
    if (about.size > limit) return `The file is larger than ${String(limit)} bytes.`;
    const file = await open(absolute);
    try {
      const bytes = Buffer.alloc(about.size);
      const { bytesRead } = await file.read(bytes, 0, about.size, 0);
      return bytes.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    return 'The file cannot be read.';
  }
}

/** Looks upwards from a folder for the file that names the project's API version; each folder is looked at once. */
function versionFinder(): (folder: string) => Promise<number | undefined> {
  const known = new Map<string, Promise<number | undefined>>();
  const own = async (folder: string): Promise<number | undefined> => {
    for (const name of VERSION_FILES) {
      const bytes = await readBounded(join(folder, name), MAX_BYTES);
      const version = typeof bytes === 'string' ? undefined : projectVersion(name, bytes);
      if (version !== undefined) return version;
    }
    return undefined;
  };
  const find = (folder: string, up: number): Promise<number | undefined> => {
    const before = known.get(folder);
    if (before !== undefined) return before;
    const found = own(folder).then((version) => {
      const parent = dirname(folder);
      return version !== undefined || parent === folder || up >= MAX_UP ? version : find(parent, up + 1);
    });
    known.set(folder, found);
    return found;
  };
  return (folder) => find(folder, 0);
}
