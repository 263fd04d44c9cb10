/** Lists and reads the files of one commit from the object store. */
import { git, gitText } from './git.ts';

/** One file of a commit. */
export interface TreeFile {
  /** Path from the root of the repository, with `/` between folders. */
  readonly path: string;
  readonly object: string;
  readonly bytes: number;
}

/** Lists all regular files of a commit; links and submodules are left out. */
export async function listTree(top: string, commit: string): Promise<readonly TreeFile[]> {
  const listed = await gitText(top, ['ls-tree', '-r', '-z', '--long', '--full-tree', commit]);
  return listed.split('\0').flatMap((line) => {
    // "100644 blob 1a2b…    123\tpath"
    const found = /^100\d{3} blob ([0-9a-f]{40,64}) +(\d+)\t(.+)$/s.exec(line);
    const [, object, size, path] = found ?? [];
    return object === undefined || path === undefined ? [] : [{ path, object, bytes: Number(size) }];
  });
}

/** Reads the content of files in one call, in the same order. The caller should limit their total size. */
export async function readObjects(top: string, files: readonly TreeFile[]): Promise<readonly Uint8Array[]> {
  if (files.length === 0) return [];
  const output = await git(top, ['cat-file', '--batch'], { input: files.map(({ object }) => `${object}\n`).join('') });
  let offset = 0;
  return files.map(({ object, bytes }) => {
    // "1a2b… blob 123", a line break, the content, a line break.
    const header = output.indexOf(0x0a, offset);
    const line = output.toString('latin1', offset, header);
    if (line !== `${object} blob ${String(bytes)}`) throw new Error(`git has no content of ${object}`);
    const content = output.subarray(header + 1, header + 1 + bytes);
    offset = header + 1 + bytes + 1;
    return content;
  });
}
