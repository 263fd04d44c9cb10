/** Adds the report folders to `.gitignore`, because each run writes them anew. Pure. */

/** Folders of `run` and of the workflow that `init` writes. */
const FOLDERS = ['/reports/runs/', '/conformance-reports/'];

/** Returns the file with the report folders added; unchanged when it names them, with or without slashes. */
export function ignoring(text: string): string {
  const plain = (line: string): string => line.trim().replace(/^\/|\/$/g, '');
  const named = new Set(text.split(/\r?\n/).map(plain));
  const missing = FOLDERS.filter((folder) => !named.has(plain(folder)));
  if (missing.length === 0) return text;
  const begin = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return `${begin}# Reports of sf-conformance\n${missing.join('\n')}\n`;
}
