/** Finds the project that a file on disk belongs to. Examines each folder once. */
import { dirname, join, relative, sep } from 'node:path';

import type { LeftOutReason } from '../history/settings.ts';
import { IGNORE_FILE, PROJECT_FILE, readProject, whyLeftOut, type Project } from './project.ts';
import { projectVersion, VERSION_FILES } from './project-version.ts';
import { readBounded } from './read-bounded.ts';
import { MAX_BYTES } from './xml.ts';

/** Most folders above a file in which its project is searched for. */
const MAX_UP = 20;

/** The projects of files on disk; all paths are absolute. */
export interface ProjectsOnDisk {
  /** Returns the Metadata API version of the nearest file that names one. */
  readonly version: (file: string) => Promise<number | undefined>;
  /** Returns why a file below `roots` is not graded; undefined when it is. */
  readonly whyLeftOut: (file: string, roots: readonly string[]) => Promise<LeftOutReason | undefined>;
}

/** Creates a lookup of the projects that exist now. */
export function projectsOnDisk(): ProjectsOnDisk {
  const version = upwards(async (folder) => {
    for (const name of VERSION_FILES) {
      const bytes = await read(join(folder, name));
      const found = bytes === undefined ? undefined : projectVersion(name, bytes);
      if (found !== undefined) return found;
    }
    return undefined;
  });
  const project = upwards(async (folder): Promise<{ folder: string; project: Project } | undefined> => {
    const bytes = await read(join(folder, PROJECT_FILE));
    if (bytes === undefined) return undefined;
    return { folder, project: readProject(bytes, await read(join(folder, IGNORE_FILE))) };
  });
  return {
    version: (file) => version(dirname(file)),
    async whyLeftOut(file, roots) {
      const found = await project(dirname(file));
      if (found === undefined) return undefined;
      const reasons = roots.map((root) =>
        whyLeftOut(found.project, below(file, found.folder), below(root, found.folder)),
      );
      return reasons.includes(undefined) ? undefined : reasons[0];
    },
  };
}

async function read(absolute: string): Promise<Uint8Array | undefined> {
  const bytes = await readBounded(absolute, MAX_BYTES);
  return typeof bytes === 'string' ? undefined : bytes;
}

/** Returns a path relative to a folder; empty when it is the folder or outside of it. */
function below(absolute: string, folder: string): string {
  const path = relative(folder, absolute).split(sep).join('/');
  return path === '..' || path.startsWith('../') ? '' : path;
}

/** Returns a function that finds the value of the nearest folder, from one upwards. */
function upwards<T>(own: (folder: string) => Promise<T | undefined>): (folder: string) => Promise<T | undefined> {
  const known = new Map<string, Promise<T | undefined>>();
  const find = (folder: string, up: number): Promise<T | undefined> => {
    const before = known.get(folder);
    if (before !== undefined) return before;
    const found = own(folder).then((value) => {
      const parent = dirname(folder);
      return value !== undefined || parent === folder || up >= MAX_UP ? value : find(parent, up + 1);
    });
    known.set(folder, found);
    return found;
  };
  return (folder) => find(folder, 0);
}
