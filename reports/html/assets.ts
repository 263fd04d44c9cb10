/** Loads the scripts and styles of pages from the files in this folder, as text to embed. */
import { readFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { extname } from 'node:path';

/** Extension of modules: `.ts` in a checkout, `.js` in the package. */
const MODULE = extname(import.meta.url);
/** Doc comments are left out of the embedded script. */
const DOC_COMMENT = /^ *\/\*\*[\s\S]*?\*\/\n/gm;
const IMPORT = /^import\s[^;]*?from ['"](\.[^'"]+)['"];$/gm;

/** Returns the style sheets concatenated; reads each set once. */
export const styleOf = once((...files: readonly URL[]) => files.map(text).join(''));

/** Returns a self-contained script: the module and everything it imports, in import order and in one scope, so no name may be used twice.
 * Read once.
 * @param entry the module without its extension */
export const scriptOf = once((entry: URL) => {
  const parts = new Map<string, string>();
  const add = (url: URL): void => {
    if (parts.has(url.href)) return;
    parts.set(url.href, '');
    const code = withoutTypes(text(url));
    for (const [, path = ''] of code.matchAll(IMPORT)) add(new URL(path, url));
    parts.delete(url.href);
    parts.set(
      url.href,
      code
        .replace(IMPORT, '')
        .replace(DOC_COMMENT, '')
        .replace(/^export (?=\w)/gm, ''),
    );
  };
  add(new URL(entry.href + MODULE));
  return `'use strict';\n(() => {\n${[...parts.values()].join('\n')}})();\n`;
});

const text = (url: URL): string => readFileSync(url, 'utf8').replaceAll('\r\n', '\n');

/** Removes types from a module; used in a checkout only, because early versions of Node 22 cannot strip types. Suppresses Node's warning
 * that the feature is experimental, which does not concern users of the tool. */
function withoutTypes(code: string): string {
  if (MODULE !== '.ts') return code;
  const warn = Object.getOwnPropertyDescriptor(process, 'emitWarning');
  Object.defineProperty(process, 'emitWarning', { configurable: true, value: () => undefined });
  try {
    return nodeModule.stripTypeScriptTypes(code).replace(/ +$/gm, '');
  } finally {
    if (warn !== undefined) Object.defineProperty(process, 'emitWarning', warn);
  }
}

function once<A extends readonly URL[]>(make: (...urls: A) => string): (...urls: A) => string {
  const made = new Map<string, string>();
  return (...urls) => {
    const key = urls.join(' ');
    const text = made.get(key) ?? make(...urls);
    made.set(key, text);
    return text;
  };
}
