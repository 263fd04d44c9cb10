/** The inputs that are kept: `corpus/<target>.json`, a list each. Small, and without secrets: those are placeholders. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const fileOf = (name: string): string => fileURLToPath(new URL(`corpus/${name}.json`, import.meta.url));

export function corpusOf(name: string): readonly unknown[] {
  const file = fileOf(name);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as readonly unknown[]) : [];
}

/** Puts an input at the end of a corpus, once. Returns the file. */
export function keep(name: string, input: unknown): string {
  const before = corpusOf(name);
  const known = before.some((one) => JSON.stringify(one) === JSON.stringify(input));
  if (!known) writeFileSync(fileOf(name), `${JSON.stringify([...before, input], null, 2)}\n`);
  return `tools/fuzz/corpus/${name}.json`;
}
