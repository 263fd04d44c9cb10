/** Finds how Connected Apps came into the repository, in one pass over its history. */
import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';

import { git, gitText } from './git.ts';
import { metadataFileName } from './metadata-file.ts';

/** The commit that added a file to the repository. */
export interface Arrival {
  /** ISO 8601. */
  readonly at: string;
  /** Whether it is the first commit of a history. */
  readonly root: boolean;
  /** Number of files that it added. */
  readonly files: number;
}

/** Finds the commits that added the Connected Apps in `absolute`, in whatever folder: an app has the name of its file, so a move changes
 * nothing and a copy under another name is another app. Files that git does not know, or whose history is incomplete, are left out. */
export async function arrivals(absolute: readonly string[]): Promise<ReadonlyMap<string, Arrival>> {
  const found = new Map<string, Arrival>();
  const histories = new Map<string, Promise<ReadonlyMap<string, Arrival>>>();
  const tops = new Map<string, Promise<string | undefined>>();
  for (const file of absolute) {
    const folder = dirname(file);
    const top = tops.get(folder) ?? topOf(folder);
    tops.set(folder, top);
    const repository = await top;
    if (repository === undefined) continue;
    const history = histories.get(repository) ?? firstAdded(repository).catch(() => new Map<string, Arrival>());
    histories.set(repository, history);
    const arrival = (await history).get(appOf(file) ?? '');
    if (arrival !== undefined) found.set(file, arrival);
  }
  return found;
}

/** Returns the root of the repository with its complete history; undefined without one. */
async function topOf(folder: string): Promise<string | undefined> {
  try {
    const [top = '', isShallow] = (
      await gitText(folder, ['rev-parse', '--show-toplevel', '--is-shallow-repository'])
    ).split('\n');
    return isShallow === 'false' ? await realpath(top) : undefined;
  } catch {
    return undefined;
  }
}

/** Returns for each app the oldest commit that added a file of it. Reads all commits without a pathspec: with one, git examines every
 * folder of every commit, which takes eight times as long. */
async function firstAdded(top: string): Promise<ReadonlyMap<string, Arrival>> {
  const args = ['log', '--diff-filter=A', '--no-renames', '--name-only', '-z', '--format=%x01%cI %P'];
  const output = await git(top, args);
  const added = new Map<string, Arrival>();
  // "\x01date parents\0", then "\nname\0name\0…"; the newest commit comes first, so an older one replaces it.
  for (const commit of output.toString('utf8').split('\u0001').slice(1)) {
    const [head = '', ...names] = commit.split('\0').filter((part) => part !== '');
    const [at = '', parent = ''] = head.split(' ');
    for (const name of names) {
      const app = appOf(name.replace(/^\n/, ''));
      if (app !== undefined) added.set(app, { at, root: parent === '', files: names.length });
    }
  }
  return added;
}

/** Returns the name of the Connected App in a file, in the form used for comparison. */
function appOf(path: string): string | undefined {
  const name = metadataFileName(path);
  return name?.type === 'ConnectedApp' ? name.base.toLowerCase() : undefined;
}
