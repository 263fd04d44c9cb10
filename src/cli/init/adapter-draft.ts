/** The adapters that `init` writes: they work as they are, with an example client in the place of the partner's. It never refreshes,
 * so that nobody takes its verdict for that of a client of theirs. Pure. */
import { CSHARP } from './adapters/csharp.ts';
import { GO } from './adapters/go.ts';
import { JAVA } from './adapters/java.ts';
import { JAVASCRIPT } from './adapters/javascript.ts';
import { PHP } from './adapters/php.ts';
import { PYTHON } from './adapters/python.ts';
import { RUBY } from './adapters/ruby.ts';
import { TYPESCRIPT } from './adapters/typescript.ts';
import type { AdapterDraft, Answers, Draft } from './answers.ts';

export const ADAPTERS = {
  javascript: JAVASCRIPT,
  typescript: TYPESCRIPT,
  python: PYTHON,
  java: JAVA,
  go: GO,
  csharp: CSHARP,
  ruby: RUBY,
  php: PHP,
} as const satisfies Readonly<Record<Answers['language'], AdapterDraft>>;

/** None for the drivers that need no code. */
export function adapterDrafts({ driver, language }: Answers): readonly Draft[] {
  if (driver !== 'adapter') return [];
  const { file, text, more = [] }: AdapterDraft = ADAPTERS[language];
  return [{ path: file, text }, ...more];
}
