/** What a fix can look like in the language of the client: `*.md` beside this file, with a block for each language. */
import { readFileSync, readdirSync } from 'node:fs';

import type { Language } from '../evidence/language.ts';

export interface Fix {
  readonly language: Language;
  readonly code: string;
}

let known: ReadonlyMap<string, readonly Fix[]> | undefined;

/** Returns the fix for a check in a language; undefined where there is none, or when the language is not known. */
export function fixFor(check: string, language: Language | undefined): Fix | undefined {
  return fixesFor(check).find((fix) => fix.language === language);
}

/** Returns the fixes for a check in all languages. */
export function fixesFor(check: string): readonly Fix[] {
  known ??= readFixes();
  return known.get(check) ?? [];
}

/** The first line of a file names the checks it is for. */
function readFixes(): ReadonlyMap<string, readonly Fix[]> {
  const folder = new URL('./', import.meta.url);
  const fixes = new Map<string, readonly Fix[]>();
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.md'))) {
    const text = readFileSync(new URL(name, folder), 'utf8').replaceAll('\r\n', '\n');
    const blocks = [...text.matchAll(/^```(\w+)\n([\s\S]*?)\n```$/gm)].map(([, language, code = '']): Fix => ({
      language: language as Language,
      code,
    }));
    for (const [check] of text.slice(0, text.indexOf('\n')).matchAll(/[A-Z]+-\d+/g)) fixes.set(check, blocks);
  }
  return fixes;
}
