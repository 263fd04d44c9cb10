/** What `init` adds to `.gitignore`: reports are made anew by each run. Pure. */

/** Where `run` writes, and where the workflow that `init` makes does. */
const FOLDERS = ['/reports/runs/', '/conformance-reports/'];

/** Returns the file with the report folders in it; unchanged when it names them, with or without the slashes. */
export function ignoring(text: string): string {
  const plain = (line: string): string => line.trim().replace(/^\/|\/$/g, '');
  const named = new Set(text.split(/\r?\n/).map(plain));
  const missing = FOLDERS.filter((folder) => !named.has(plain(folder)));
  if (missing.length === 0) return text;
  const begin = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return `${begin}# Reports of sf-conformance\n${missing.join('\n')}\n`;
}
