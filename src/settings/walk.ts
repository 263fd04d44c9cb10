/** Finds the files below a folder that are metadata of apps. Links are not followed, and folders without source are skipped. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

import type { SettingsProblem } from '../history/settings.ts';
import { metadataFileName } from './metadata-file.ts';

const SKIPPED = new Set(['node_modules', '.git', '.sf', '.sfdx', '__MACOSX']);
const MAX_DEPTH = 40;
const MAX_VISITED = 200_000;
const MAX_FILES = 5_000;
/** Folders that the Salesforce CLI creates for these types. */
const FOLDERS = /^(?:connectedApps|externalClientApps|extlClntApp\w{1,40})$/i;

/** Absolute path → whether the user named it, and the named folders below which it was found. */
export type Found = Map<string, { readonly named: boolean; readonly roots: readonly string[] }>;

/** Adds the metadata files below `root` to `found`. A folder that could not be read is a problem, because it may hold an app.
 * @param shown returns the path to show for an absolute path.
 * @returns links with the name of a metadata file; see `unreadLinks`. */
export async function walk(
  root: string,
  found: Found,
  problems: SettingsProblem[],
  shown: (absolute: string) => string,
): Promise<readonly string[]> {
  const waiting = [{ folder: root, depth: 0 }];
  const links: string[] = [];
  let visited = 0;
  const problem = (code: SettingsProblem['code'], message: string, absolute = root): void => {
    problems.push({ code, message, place: { file: shown(absolute), line: 1, column: 1 } });
  };
  walking: for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { folder, depth } = next;
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
    if (entries === undefined) {
      problem('unreadable', 'The folder cannot be read.', folder);
      continue;
    }
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      visited += 1;
      if (visited > MAX_VISITED) {
        problem('too-many', `There are more than ${String(MAX_VISITED)} files below it; the rest was not looked at.`);
        break walking;
      }
      const absolute = join(folder, entry.name);
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) {
        if (depth >= MAX_DEPTH) problem('too-many', `Folders are nested deeper than ${String(MAX_DEPTH)}.`);
        else waiting.push({ folder: absolute, depth: depth + 1 });
      } else if (entry.isSymbolicLink() && (FOLDERS.test(entry.name) || metadataFileName(entry.name) !== undefined)) {
        if (links.length < MAX_FILES) links.push(absolute);
      } else if (entry.isFile() && metadataFileName(entry.name) !== undefined) {
        if (found.size >= MAX_FILES) {
          problem(
            'too-many',
            `There are more than ${String(MAX_FILES)} metadata files of apps; the rest was not read.`,
          );
          break walking;
        }
        const before = found.get(absolute);
        found.set(absolute, { named: before?.named ?? false, roots: [...(before?.roots ?? []), root] });
      }
    }
  }
  return links;
}

/** Returns the links whose target is not read under another path. `roots`: all folders that were searched. */
export async function unreadLinks(
  links: readonly string[],
  roots: readonly string[],
  found: Found,
): Promise<readonly string[]> {
  const unread: string[] = [];
  for (const link of new Set(links)) {
    const target = await realpath(link).catch(() => undefined);
    const isFolder = target !== undefined && (await stat(target).catch(() => undefined))?.isDirectory() === true;
    const isRead =
      target !== undefined &&
      (isFolder ? roots.some((root) => `${target}${sep}`.startsWith(`${root}${sep}`)) : found.has(target));
    if (!isRead) unread.push(link);
  }
  return unread;
}
