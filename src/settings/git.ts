/** The same metadata as a git revision had it, and what git knows of a file. Reads objects only: no hooks, no network, no work tree. */
import { execFile } from 'node:child_process';
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

import { oneLine } from '../../reports/text/printable.ts';
import { HarnessError } from '../errors.ts';
import { metadataFileName } from './metadata-file.ts';
import type { MetadataFile, MetadataSource } from './metadata-source.ts';
import { MAX_BYTES } from './xml.ts';
import { MAX_ZIP_BYTES, readZip } from './zip.ts';

const TIMEOUT_MS = 60_000;
const MAX_OUTPUT_BYTES = 128 * 1_048_576;
const MAX_FILES = 5_000;

export interface Revision {
  /** Full object name of the commit. */
  readonly commit: string;
  /** When it was committed, ISO 8601. */
  readonly at: string;
  readonly source: MetadataSource;
}

async function git(folder: string, args: readonly string[], literalPaths: '0' | '1' = '1'): Promise<Buffer> {
  return new Promise((done, failed) => {
    execFile(
      'git',
      [
        '-c',
        'core.fsmonitor=false',
        '-c',
        'log.showSignature=false',
        '-c',
        'protocol.allow=never',
        '--no-pager',
        ...args,
      ],
      {
        cwd: folder,
        encoding: 'buffer',
        maxBuffer: MAX_OUTPUT_BYTES,
        timeout: TIMEOUT_MS,
        env: {
          ...process.env,
          GIT_OPTIONAL_LOCKS: '0',
          GIT_TERMINAL_PROMPT: '0',
          GIT_NO_LAZY_FETCH: '1',
          GIT_LITERAL_PATHSPECS: literalPaths,
          LC_ALL: 'C',
        },
      },
      (error, stdout, stderr) => {
        if (error === null) done(stdout);
        else failed(new Error(oneLine(stderr.toString('utf8') || error.message, 300), { cause: error }));
      },
    );
  });
}

/**
 * What `paths` held at `revision`. Paths that are gone today are fine.
 * @throws HarnessError `settings-revision` when there is no repository, no git, or no such revision.
 */
export async function readRevision(paths: readonly string[], cwd: string, revision: string): Promise<Revision> {
  const files: MetadataFile[] = [];
  const problems: MetadataSource['problems'][number][] = [];
  let commit: string | undefined;
  let at = '';
  for (const path of paths) {
    const absolute = await realpath(resolve(cwd, path)).catch(() => resolve(cwd, path));
    const folder = (await stat(absolute).catch(() => undefined))?.isDirectory() === true ? absolute : dirname(absolute);
    try {
      const top = text(await git(folder, ['rev-parse', '--show-toplevel']));
      const own = text(await git(folder, ['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`]));
      if (commit === undefined) {
        commit = own;
        at = text(await git(folder, ['show', '-s', '--format=%cI', own]));
      }
      const inside = relative(await realpath(top), absolute)
        .split(sep)
        .join('/');
      const read = await readTree(top, own, inside);
      files.push(...read.files);
      problems.push(...read.problems);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : '';
      throw new HarnessError(
        'settings-revision',
        `The revision "${oneLine(revision, 80)}" of "${oneLine(path, 200)}" cannot be read: ${reason}`,
        'Name a commit, branch or tag of the repository that holds the metadata; a shallow clone has few of them.',
        { cause },
      );
    }
  }
  if (commit === undefined) throw new HarnessError('settings-revision', 'There is nothing to compare.', 'Name a path.');
  const unique = new Map(files.map((file) => [file.path, file]));
  return { commit, at, source: { files: [...unique.values()], problems } };
}

async function readTree(top: string, commit: string, inside: string): Promise<MetadataSource> {
  const below = inside === '' ? [] : ['--', inside];
  const listed = text(await git(top, ['ls-tree', '-r', '-z', '--long', '--full-tree', commit, ...below]));
  const files: MetadataFile[] = [];
  const problems: MetadataSource['problems'][number][] = [];
  for (const line of listed.split('\0')) {
    // "100644 blob 1a2b…    123\tpath"
    const found = /^100\d{3} blob ([0-9a-f]{40,64}) +(\d+)\t(.+)$/s.exec(line);
    const [, object, size, path] = found ?? [];
    if (object === undefined || path === undefined) continue;
    const zip = path === inside && /\.zip$/i.test(path);
    if (!zip && path !== inside && metadataFileName(path) === undefined) continue;
    const shown = oneLine(path, 400);
    if (files.length >= MAX_FILES || Number(size) > (zip ? MAX_ZIP_BYTES : MAX_BYTES)) {
      problems.push({
        code: 'too-large',
        message: 'It was too large to read.',
        place: { file: shown, line: 1, column: 1 },
      });
      continue;
    }
    const bytes = await git(top, ['cat-file', 'blob', object]);
    if (zip) {
      const archive = await readZip(shown, bytes);
      files.push(...archive.files);
      problems.push(...archive.problems);
    } else files.push({ path: shown, bytes, named: path === inside });
  }
  return { files, problems };
}

/** Which of these files git tracks; undefined when git cannot tell. Absolute paths. */
export async function trackedFiles(absolute: readonly string[]): Promise<ReadonlySet<string> | undefined> {
  const tracked = new Set<string>();
  let told = false;
  for (const folder of new Set(absolute.map((file) => dirname(file)))) {
    const listed = await git(folder, ['ls-files', '-z', '--', '.']).catch(() => undefined);
    if (listed === undefined) continue;
    told = true;
    for (const name of text(listed).split('\0')) if (name !== '') tracked.add(join(folder, name));
  }
  return told ? tracked : undefined;
}

/**
 * When a file of this name first came into the repository, in whatever folder, ISO 8601: an app is called as its file, so a move
 * changes nothing and a copy under another name is another app. Undefined when git cannot tell or holds only a part of the past.
 */
export async function addedAt(absolute: string): Promise<string | undefined> {
  const folder = dirname(absolute);
  const name = basename(absolute).replace(/[*?[\]\\]/g, '\\$&');
  try {
    if (text(await git(folder, ['rev-parse', '--is-shallow-repository'])) !== 'false') return undefined;
    const args = ['log', '--diff-filter=A', '--no-renames', '--format=%cI', '--', `:(top,glob)**/${name}`];
    const last = text(await git(folder, args, '0'))
      .split('\n')
      .at(-1);
    return last === '' ? undefined : last;
  } catch {
    return undefined;
  }
}

function text(output: Buffer): string {
  return output.toString('utf8').replace(/\n$/, '');
}
