/** Reads the projects in an archive or a commit, whose files have been read already. */
import type { LeftOutReason } from '../history/settings.ts';
import { below, IGNORE_FILE, isInside, nearest, PROJECT_FILE, readProject, whyLeftOut } from './project.ts';
import { projectVersion, VERSION_FILES } from './project-version.ts';

/** The projects of an archive or commit; paths are relative to it, with `/` between folders. */
export interface ProjectsInTree {
  /** Returns the Metadata API version of the nearest file that names one. */
  readonly version: (path: string) => number | undefined;
  /** Returns why a file below one of the named `roots` is not graded; undefined when it is. */
  readonly whyLeftOut: (path: string, roots: readonly string[]) => LeftOutReason | undefined;
}

const NAMES: readonly string[] = [...VERSION_FILES, IGNORE_FILE];

/** Returns whether a file describes a project. */
export function isProjectFile(path: string): boolean {
  return NAMES.includes(path.slice(path.lastIndexOf('/') + 1));
}

/** Reads all projects.
 * @param files path → content of the files for which `isProjectFile` is true */
export function projectsInTree(files: ReadonlyMap<string, Uint8Array>): ProjectsInTree {
  const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const versions = new Map<string, number>();
  // Lower precedence first, so that later ones replace it.
  for (const name of VERSION_FILES.toReversed()) {
    for (const [path, bytes] of files) {
      const version = path === name || path.endsWith(`/${name}`) ? projectVersion(name, bytes) : undefined;
      if (version !== undefined) versions.set(folderOf(path), version);
    }
  }
  const projects = new Map(
    [...files].flatMap(([path, bytes]) => {
      const folder = folderOf(path);
      if (path.slice(folder === '' ? 0 : folder.length + 1) !== PROJECT_FILE) return [];
      const ignore = files.get(folder === '' ? IGNORE_FILE : `${folder}/${IGNORE_FILE}`);
      return [[folder, readProject(bytes, ignore)] as const];
    }),
  );
  return {
    version: (path) => nearest(versions, path)?.value,
    whyLeftOut(path, roots) {
      const found = nearest(projects, path);
      if (found === undefined) return undefined;
      const { folder, value } = found;
      const reasons = roots
        .filter((root) => isInside(path, root))
        .map((root) => whyLeftOut(value, below(path, folder), root === folder ? '' : below(root, folder)));
      return reasons.includes(undefined) ? undefined : reasons[0];
    },
  };
}
