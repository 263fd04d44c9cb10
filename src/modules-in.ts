/** Loads modules by the names of their files, so that nothing has to be registered. */
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A module that was found. */
export interface FoundModule {
  /** Name of the file without its folder and extension, such as `pkce-01.check`. */
  readonly name: string;
  readonly module: object;
}

/**
 * Loads the modules below a folder that a pattern such as `grants/*.ts` matches, in the order of their paths without the extension; tests are left out.
 * The build replaces each call by the modules that it finds (`tools/build/modules-in.ts`), so both arguments are written as
 * `import.meta.dirname` and a literal.
 */
export function modulesIn(folder: string, pattern: string): Promise<readonly FoundModule[]> {
  const files = globSync(pattern, { cwd: folder }).filter((file) => !/\.test(?:-support)?\.ts$/u.test(file));
  const paths = files.map((file) => file.slice(0, -'.ts'.length)).sort();
  return Promise.all(
    paths.map(async (path) => ({
      name: basename(path),
      module: (await import(pathToFileURL(join(folder, `${path}.ts`)).href)) as object,
    })),
  );
}
