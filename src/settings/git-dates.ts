/** When files came into the repository. */
import { basename, dirname } from 'node:path';

import { git, gitText } from './git.ts';

/**
 * When a file of this name first came into the repository, in whatever folder, ISO 8601: an app is called as its file, so a move
 * changes nothing and a copy under another name is another app. Undefined when git cannot tell or holds only a part of the past.
 */
export async function addedAt(absolute: string): Promise<string | undefined> {
  const folder = dirname(absolute);
  const name = basename(absolute).replace(/[*?[\]\\]/g, '\\$&');
  try {
    if ((await gitText(folder, ['rev-parse', '--is-shallow-repository'])) !== 'false') return undefined;
    const args = ['log', '--diff-filter=A', '--no-renames', '--format=%cI', '--', `:(top,glob)**/${name}`];
    const last = (await git(folder, args, { literal: false })).toString('utf8').trimEnd().split('\n').at(-1);
    return last === '' ? undefined : last;
  } catch {
    return undefined;
  }
}
