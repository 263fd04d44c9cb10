/** Reads a Salesforce DX project: which of its files are source, and which API version it names. */
import type { LeftOutReason } from '../history/settings.ts';
import { ignoreMatcher } from './forceignore.ts';

/** Name of the file that makes a folder a project. */
export const PROJECT_FILE = 'sfdx-project.json';
/** Name of the file beside it that lists files which no command deploys. */
export const IGNORE_FILE = '.forceignore';

/** A project as its two files describe it. Paths are relative to its folder, with `/` between folders. */
export interface Project {
  /** Without invalid paths; empty when the file names none. */
  readonly packageDirectories: readonly string[];
  readonly isIgnored: (path: string) => boolean;
}

/** Reads both files; with an unreadable project file nothing is left out. */
export function readProject(project: Uint8Array, ignore: Uint8Array | undefined): Project {
  return {
    packageDirectories: directoriesOf(project),
    isIgnored: ignore === undefined ? () => false : ignoreMatcher(new TextDecoder().decode(ignore)),
  };
}

/** Explains why a file is left out; undefined when it is graded. `root` is the named folder or file below which it was found, empty for
 * the project or a folder above it: a user who names an ignored place, or one outside the packages, means it. */
export function whyLeftOut(
  { packageDirectories, isIgnored }: Project,
  path: string,
  root: string,
): LeftOutReason | undefined {
  if (packageDirectories.length > 0) {
    const meansPackages = packageDirectories.some((folder) => isInside(folder, root) || isInside(root, folder));
    if (!meansPackages) return undefined;
    if (!packageDirectories.some((folder) => isInside(path, folder))) return 'outside-packages';
  }
  if (root !== '' && isIgnored(root)) return undefined;
  return isIgnored(path) ? 'forceignore' : undefined;
}

/** Returns the value of the nearest folder above `path` that has one.
 * @param known folder → value; folders have no slash at the end, the topmost is the empty text */
export function nearest<T>(known: ReadonlyMap<string, T>, path: string): { folder: string; value: T } | undefined {
  for (let folder = path; folder !== '';) {
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
    const value = known.get(folder);
    if (value !== undefined) return { folder, value };
  }
  return undefined;
}

/** Returns `path` relative to `folder`; empty when it is not inside. */
export function below(path: string, folder: string): string {
  if (folder === '') return path;
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : '';
}

/** Returns whether `path` is `folder` or inside it; the empty text contains everything. */
export function isInside(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

function directoriesOf(bytes: Uint8Array): readonly string[] {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return [];
  }
  if (typeof value !== 'object' || value === null || !('packageDirectories' in value)) return [];
  const { packageDirectories } = value;
  if (!Array.isArray(packageDirectories)) return [];
  return packageDirectories.flatMap((one: unknown) => {
    const path = typeof one === 'object' && one !== null && 'path' in one ? one.path : undefined;
    return typeof path === 'string' ? [normal(path)] : [];
  });
}

/** Normalizes a path: `./src\core/` → `src/core`; `.` → the empty text. */
function normal(path: string): string {
  return path
    .split(/[/\\]+/)
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}
