/** Provides the adapters that `init` writes. The files in `templates/` work unchanged, with an example client in place of the partner's.
 * That client never refreshes, so its verdict cannot be mistaken for the partner's. */
import { readFileSync } from 'node:fs';
import type { AdapterTemplate, Answers, Draft } from './answers.ts';

/** The template of an adapter for each language. */
export const ADAPTERS = {
  javascript: { file: 'adapter.mjs', command: ['node', 'adapter.mjs'] },
  typescript: {
    file: 'adapter.mts',
    command: ['node', 'adapter.mts'],
    needs: 'Node 22.18 or newer; before that: [npx, tsx, adapter.mts]',
  },
  python: { file: 'adapter.py', command: ['python3', 'adapter.py'] },
  java: {
    file: 'Adapter.java',
    command: ['java', 'Adapter.java'],
    needs: 'a JDK from 17 on; with libraries: [java, -cp, your.jar, Adapter.java]',
  },
  go: {
    file: 'adapter.go',
    command: ['go', 'run', 'adapter.go'],
    needs: 'quicker: go build adapter.go, then [./adapter]',
  },
  csharp: {
    file: 'adapter/Adapter.cs',
    command: ['dotnet', 'adapter/out/adapter.dll'],
    before: 'dotnet build adapter -o adapter/out',
    more: ['adapter/adapter.csproj'],
  },
  ruby: { file: 'adapter.rb', command: ['ruby', 'adapter.rb'] },
  php: {
    file: 'adapter.php',
    command: ['php', 'adapter.php'],
    needs: 'PHP 8; a web application on PHP is better driven by `type: http`',
  },
} as const satisfies Readonly<Record<Answers['language'], AdapterTemplate>>;

/** Returns the files of the adapter in the chosen language; none for the drivers that need no code. */
export function adapterDrafts({ driver, language }: Answers): readonly Draft[] {
  if (driver !== 'adapter') return [];
  const { file, more = [] }: AdapterTemplate = ADAPTERS[language];
  return [file, ...more].map((path) => ({ path, text: templateText(path) }));
}

/** Reads a file of `templates/`, a folder beside this module in a checkout and in the package. */
function templateText(path: string): string {
  return readFileSync(new URL(`./templates/${path}`, import.meta.url), 'utf8');
}
