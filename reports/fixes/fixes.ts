/** Loads example fixes in the language of the client: the `*.md` files of this folder have a code block for each language. */
import { readFileSync, readdirSync } from 'node:fs';

import type { Language } from '../evidence/language.ts';

/** Example code that fixes a failure of one check. */
export interface Fix {
  readonly language: Language;
  readonly code: string;
}

let known: ReadonlyMap<string, readonly Fix[]> | undefined;

/** Returns the fix for a check in a language; undefined when there is none or the language is unknown. */
export function fixFor(check: string, language: Language | undefined): Fix | undefined {
  return fixesFor(check).find((fix) => fix.language === language);
}

/** Returns the fixes for a check in all languages. */
export function fixesFor(check: string): readonly Fix[] {
  known ??= readFixes();
  return known.get(check) ?? [];
}

/** Reads the fixes; the first line of a file names the checks it applies to. */
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
