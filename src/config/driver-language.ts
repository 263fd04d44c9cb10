/** Detects the programming language of the client from the configured program or script. */
import { basename, extname } from 'node:path';
import type { ParsedConfig } from './schema.ts';

const PROGRAMS: readonly (readonly [RegExp, string])[] = [
  [/^(python|pypy|uv$|poetry$)/, 'python'],
  [/^(java|mvn|gradle)/, 'java'],
  [/^(dotnet|csharp)/, 'csharp'],
  [/^go$/, 'go'],
  [/^(ruby|bundle|rails|rake)$/, 'ruby'],
  [/^php/, 'php'],
  [/^(node|npm|npx|tsx|deno|bun|yarn|pnpm)$/, 'javascript'],
];
const ENDINGS: Readonly<Record<string, string>> = {
  ...{
    '.py': 'python',
    '.java': 'java',
    '.jar': 'java',
    '.cs': 'csharp',
    '.dll': 'csharp',
    '.go': 'go',
    '.rb': 'ruby',
  },
  ...{ '.php': 'php', '.js': 'javascript', '.mjs': 'javascript', '.cjs': 'javascript', '.ts': 'javascript' },
};

/** Returns `python`, `java`, `csharp`, `go`, `ruby`, `php` or `javascript`; undefined when the configuration does not show it. */
export function driverLanguage(driver: ParsedConfig['driver']): string | undefined {
  const command = commandOf(driver);
  const program = basename(command[0] ?? '')
    .toLowerCase()
    .replace(/\.(exe|cmd|bat)$/, '');
  const byFile = command.map((word) => ENDINGS[extname(word).toLowerCase()]).find((found) => found !== undefined);
  return byFile ?? PROGRAMS.find(([pattern]) => pattern.test(program))?.[1];
}

function commandOf(driver: ParsedConfig['driver']): readonly string[] {
  if (driver.type === 'adapter') return driver.command;
  if (driver.type === 'command') return driver.authorize;
  return 'start' in driver ? (driver.start?.command ?? []) : [];
}
