/**
 * A plugin of the bundler: writes out what `modulesIn` (src/modules-in.ts) finds in a checkout, and keeps `import.meta` of each module
 * as it is in a file of its own, so that style sheets, templates and requirement sets are found where they lie.
 */
import { globSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { Plugin } from 'rolldown';

const CALL = /modulesIn\(import\.meta\.dirname, '([^']+)'\)/gu;
const PLACE = /\bimport\.meta\.url\b/gu;
const KEPT = /__url_of\("([^"]+)"\)/gu;

/** `root` holds the compiled modules, and will hold the bundle. */
export function modulesIn(root: string) {
  return {
    name: 'modules-in',
    transform(code: string, id: string) {
      if (!id.startsWith(root)) return null;
      const imports: string[] = [];
      const written = code
        .replace(CALL, (_, pattern: string) => {
          const files = globSync(pattern.replace(/\.ts$/u, '.js'), { cwd: dirname(id) });
          if (files.length === 0) throw new Error(`${id}: nothing matches ${pattern}`);
          const paths = files.map((file) => file.slice(0, -'.js'.length)).sort();
          const listed = paths.map((path) => {
            const name = `found${String(imports.length)}`;
            imports.push(`import * as ${name} from ${JSON.stringify(`${join(dirname(id), path)}.js`)};\n`);
            return `{ name: ${JSON.stringify(basename(path))}, module: ${name} }`;
          });
          return `[${listed.join(', ')}]`;
        })
        .replace(PLACE, `__url_of(${JSON.stringify(relative(root, id))})`);
      return { code: imports.join('') + written, map: null };
    },
    renderChunk(code: string, chunk: { readonly fileName: string }) {
      return code.replace(
        KEPT,
        (_, file: string) =>
          `new URL(${JSON.stringify(relative(dirname(chunk.fileName), file))}, import.meta.url).href`,
      );
    },
  } satisfies Plugin;
}
