/** Metadata in folders and files on disk. Links are not followed; what is not source is not entered. */
import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

import { oneLine } from '../../reports/text/printable.ts';
import type { SettingsProblem } from '../history/settings.ts';
import { Trouble } from '../trouble.ts';
import { addedAt, trackedFiles } from './git.ts';
import { metadataFileName, type MetadataType } from './metadata-file.ts';
import type { MetadataFile, MetadataSource } from './metadata-source.ts';
import { projectVersion, VERSION_FILES } from './project-version.ts';
import { MAX_BYTES } from './xml.ts';
import { MAX_ZIP_BYTES, readZip } from './zip.ts';

const SKIPPED = new Set(['node_modules', '.git', '.sf', '.sfdx']);
const MAX_DEPTH = 40;
const MAX_VISITED = 200_000;
const MAX_FILES = 5_000;
/** Of how many Connected Apps git is asked when they came. */
const MAX_DATED = 50;
/** How far above a file its project is looked for. */
const MAX_UP = 20;

/**
 * Reads everything that `paths` name: folders with all below them, single files whatever they are called, zip files.
 * @param cwd what relative paths are relative to.
 * @throws Trouble `settings-path` for a path that is not there or cannot be read.
 */
export async function readFolders(paths: readonly string[], cwd: string): Promise<MetadataSource> {
  const problems: SettingsProblem[] = [];
  const found = new Map<string, { readonly named: boolean }>();
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    const kind = await kindOf(absolute, path);
    if (kind === 'file') found.set(await realpath(absolute), { named: true });
    else await walk(await realpath(absolute), found, problems, shownFrom(cwd));
  }
  const versions = versionFinder();
  const typed = (type: MetadataType): readonly string[] =>
    [...found.keys()].filter((absolute) => metadataFileName(slashed(absolute))?.type === type);
  const tracked = await trackedFiles(typed('ExtlClntAppGlobalOauthSettings'));
  const dated = new Set(typed('ConnectedApp').slice(0, MAX_DATED));
  const files: MetadataFile[] = [];
  for (const [absolute, { named }] of found) {
    const shown = shownFrom(cwd)(absolute);
    const zip = named && /\.zip$/i.test(absolute);
    const bytes = await readBounded(absolute, zip ? MAX_ZIP_BYTES : MAX_BYTES);
    if (typeof bytes === 'string') {
      problems.push({
        code: zip ? 'archive' : 'unreadable',
        message: bytes,
        place: { file: shown, line: 1, column: 1 },
      });
    } else if (zip) {
      const inside = await readZip(shown, bytes);
      files.push(...inside.files);
      problems.push(...inside.problems);
    } else {
      const apiVersion = await versions(dirname(absolute));
      const added = dated.has(absolute) ? await addedAt(absolute) : undefined;
      files.push({
        path: shown,
        bytes,
        named,
        ...(apiVersion === undefined ? {} : { apiVersion }),
        ...(tracked === undefined ? {} : { tracked: tracked.has(absolute) }),
        ...(added === undefined ? {} : { addedAt: added }),
      });
    }
  }
  return { files, problems };
}

/** How a path is shown: relative to `cwd` where it is inside, by its last two names otherwise; `/` on every system. */
export function shownFrom(cwd: string): (absolute: string) => string {
  return (absolute) => {
    const near = relative(cwd, absolute);
    const path = near.startsWith('..') || near === '' ? join(basename(dirname(absolute)), basename(absolute)) : near;
    return oneLine(slashed(path), 400);
  };
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}

async function kindOf(absolute: string, path: string): Promise<'file' | 'folder'> {
  const found = await stat(absolute).catch((cause: unknown) => {
    throw new Trouble(
      'settings-path',
      `There is no file or folder "${oneLine(path, 200)}".`,
      'Name the folder of your Salesforce project, a metadata file, or a zip file.',
      { cause },
    );
  });
  if (found.isDirectory()) return 'folder';
  if (found.isFile()) return 'file';
  throw new Trouble(
    'settings-path',
    `"${oneLine(path, 200)}" is neither a file nor a folder.`,
    'Name a folder, a metadata file, or a zip file.',
  );
}

async function walk(
  root: string,
  found: Map<string, { readonly named: boolean }>,
  problems: SettingsProblem[],
  shown: (absolute: string) => string,
): Promise<void> {
  const waiting = [{ folder: root, depth: 0 }];
  let visited = 0;
  const tooMany = (message: string): void => {
    problems.push({ code: 'too-many', message, place: { file: shown(root), line: 1, column: 1 } });
  };
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { folder, depth } = next;
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
    if (entries === undefined) {
      problems.push({
        code: 'unreadable',
        message: 'The folder cannot be read.',
        place: { file: shown(folder), line: 1, column: 1 },
      });
      continue;
    }
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      visited += 1;
      if (visited > MAX_VISITED) {
        tooMany(`There are more than ${String(MAX_VISITED)} files below it; the rest was not looked at.`);
        return;
      }
      const absolute = join(folder, entry.name);
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) {
        if (depth >= MAX_DEPTH) tooMany(`Folders are nested deeper than ${String(MAX_DEPTH)}.`);
        else waiting.push({ folder: absolute, depth: depth + 1 });
      } else if (entry.isFile() && metadataFileName(entry.name) !== undefined) {
        if (found.size >= MAX_FILES) {
          tooMany(`There are more than ${String(MAX_FILES)} metadata files of apps; the rest was not read.`);
          return;
        }
        if (!found.has(absolute)) found.set(absolute, { named: false });
      }
    }
  }
}

/** The content, or why it is not to be had. */
async function readBounded(absolute: string, limit: number): Promise<Uint8Array | string> {
  try {
    const { size } = await lstat(absolute);
    if (size > limit) return `The file is larger than ${String(limit)} bytes.`;
    return await readFile(absolute);
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
