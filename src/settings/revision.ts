/** Reads the same metadata from a git revision: objects only, without hooks, network or work tree. */
import { realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';

import { oneLine } from '../../reports/text/printable.ts';
import { HarnessError } from '../errors.ts';
import type { SettingsProblem } from '../history/settings.ts';
import { gitText } from './git.ts';
import { listTree, readObjects, type TreeFile } from './git-tree.ts';
import { isNeverPackaged, metadataFileName } from './metadata-file.ts';
import type { MetadataFile, MetadataSource } from './metadata-source.ts';
import { isInside } from './project.ts';
import { isProjectFile, projectsInTree, type ProjectsInTree } from './projects-in-tree.ts';
import { MAX_BYTES } from './xml.ts';
import { MAX_ZIP_BYTES, readZip } from './zip.ts';

const MAX_FILES = 5_000;
/** Most bytes of all files together. */
const MAX_TOTAL_BYTES = 64 * 1_048_576;

/** A revision, for those of the named paths that exist in it. */
export interface Revision {
  /** Full object name of the commit. */
  readonly commit: string;
  /** When it was committed, ISO 8601. */
  readonly at: string;
  /** The content of the paths at that time. */
  readonly source: MetadataSource;
  /** Files outside the paths that no longer exist where they were: they may have moved into one of the paths. */
  readonly moved: MetadataSource;
  /** Paths without an earlier state, as typed, with the reason. */
  readonly without: readonly { readonly path: string; readonly reason: string }[];
}

/** Location of one path in the repository. */
interface Located {
  readonly top: string;
  readonly commit: string;
  /** Path from the root of the repository; empty for the root itself. */
  readonly inside: string;
}

/** Reads the content of `paths` at `revision`. Paths that no longer exist are allowed, and so is a path without that revision beside one
 * that has it.
 * @throws HarnessError `settings-revision` when no path has such a revision. */
export async function readRevision(paths: readonly string[], cwd: string, revision: string): Promise<Revision> {
  const located: Located[] = [];
  const without: { path: string; reason: string }[] = [];
  let failure: HarnessError | undefined;
  for (const path of paths) {
    const found = await locate(path, cwd, revision);
    if ('failure' in found) {
      without.push({ path, reason: found.reason });
      failure ??= found.failure;
    } else located.push(found);
  }
  const [first] = located;
  if (first === undefined) {
    throw failure ?? new HarnessError('settings-revision', 'There is nothing to compare.', 'Name a path.');
  }
  const repositories = Map.groupBy(located, ({ top }) => top);
  const sources = await Promise.all(
    [...repositories.values()].map((own) =>
      readRepository(
        own[0] ?? first,
        own.map(({ inside }) => inside),
      ),
    ),
  );
  return {
    commit: first.commit,
    at: await gitText(first.top, ['show', '-s', '--format=%cI', first.commit]),
    source: merged(sources.map(({ source }) => source)),
    moved: merged(sources.map(({ moved }) => moved)),
    without,
  };
}

interface Missing {
  readonly reason: string;
  readonly failure: HarnessError;
}

async function locate(path: string, cwd: string, revision: string): Promise<Located | Missing> {
  const absolute = await realpath(resolve(cwd, path)).catch(() => resolve(cwd, path));
  const isFolder = (await stat(absolute).catch(() => undefined))?.isDirectory() === true;
  const folder = isFolder ? absolute : dirname(absolute);
  const shown = oneLine(path, 200);
  const asked = oneLine(revision, 80);
  const missing = (reason: string, hint: string, cause: unknown): Missing => {
    const message = `The revision "${asked}" of "${shown}" cannot be read: ${reason}.`;
    return { reason, failure: new HarnessError('settings-revision', message, hint, { cause }) };
  };
  let top: string;
  try {
    top = await realpath(await gitText(folder, ['rev-parse', '--show-toplevel']));
  } catch (cause) {
    const hint =
      'Name a folder of the git repository that holds the metadata, or compare with an earlier report (--baseline).';
    return missing('it is not in a git repository', hint, cause);
  }
  try {
    const commit = await gitText(top, ['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`]);
    return { top, commit, inside: slashed(relative(top, absolute)) };
  } catch (cause) {
    const isShallow = await gitText(top, ['rev-parse', '--is-shallow-repository']).catch(() => 'false');
    const hint = 'Name a commit, branch or tag of the repository that holds the metadata.';
    const fetch =
      isShallow === 'true' ? ' This clone is shallow: fetch the rest first with git fetch --unshallow.' : '';
    return missing(`its repository has no such revision`, hint + fetch, cause);
  }
}

async function readRepository(
  { top, commit }: Located,
  insides: readonly string[],
): Promise<Pick<Revision, 'source' | 'moved'>> {
  const named = (path: string): boolean => insides.includes(path);
  const isZip = (path: string): boolean => named(path) && /\.zip$/i.test(path);
  const tree = await listTree(top, commit);
  const projects = await projectsOf(top, tree);
  const candidates = tree.filter(({ path }) => named(path) || metadataFileName(path) !== undefined);
  const isBelow = ({ path }: TreeFile): boolean => insides.some((inside) => isInside(path, inside));
  const own = candidates.filter((file) => isBelow(file) && isSource(file.path, insides));
  const elsewhere = candidates.filter((file) => !isBelow(file) && isSource(file.path, ['']));
  const present = await Promise.all(elsewhere.map(({ path }) => stat(join(top, path)).catch(() => undefined)));
  const moved = elsewhere.filter((_, index) => present[index] === undefined);
  return {
    source: await readFiles(top, own, { named, isZip }),
    moved: await readFiles(top, moved, { named, isZip }),
  };

  function isSource(path: string, roots: readonly string[]): boolean {
    const reason = named(path) ? undefined : projects.whyLeftOut(path, roots);
    return reason === undefined || isNeverPackaged(reason, path);
  }
}

async function projectsOf(top: string, tree: readonly TreeFile[]): Promise<ProjectsInTree> {
  const files = tree.filter(({ path, bytes }) => isProjectFile(path) && bytes <= MAX_BYTES).slice(0, MAX_FILES);
  const contents = await readObjects(top, files);
  return projectsInTree(new Map(files.map(({ path }, index) => [path, contents[index] ?? new Uint8Array()])));
}

async function readFiles(
  top: string,
  wanted: readonly TreeFile[],
  { named, isZip }: Readonly<Record<'named' | 'isZip', (path: string) => boolean>>,
): Promise<MetadataSource> {
  const problems: SettingsProblem[] = [];
  let room = MAX_TOTAL_BYTES;
  const read = wanted.filter(({ path, bytes }, index) => {
    const fits = index < MAX_FILES && bytes <= (isZip(path) ? MAX_ZIP_BYTES : MAX_BYTES) && bytes <= room;
    if (fits) room -= bytes;
    else problems.push({ code: 'too-large', message: 'It was too large to read.', place: placeOf(path) });
    return fits;
  });
  const files: MetadataFile[] = [];
  for (const [index, bytes] of (await readObjects(top, read)).entries()) {
    const path = oneLine(read[index]?.path ?? '', 1000);
    if (isZip(path)) {
      const archive = await readZip(path, bytes);
      files.push(...archive.files);
      problems.push(...archive.problems);
    } else files.push({ path, bytes, named: named(path) });
  }
  return { files, problems };
}

function placeOf(path: string): SettingsProblem['place'] {
  return { file: oneLine(path, 1000), line: 1, column: 1 };
}

function merged(sources: readonly MetadataSource[]): MetadataSource {
  return { files: sources.flatMap(({ files }) => files), problems: sources.flatMap(({ problems }) => problems) };
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}
