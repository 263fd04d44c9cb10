/** Client text in GitHub-flavoured Markdown: shown as it is, never as markup, link, mention or table border. */
import { oneLine, printable } from './printable.ts';

/** Everything that Markdown, HTML or GitHub's own extensions give a meaning. */
const MEANS = /[\\`*_{}[\]()#+\-!|<>&~^$@:]/g;

/** On one line, for a cell, a heading or a sentence. Character references cannot be markup (CommonMark §2.5). */
export function inline(text: string, limit = 400): string {
  return oneLine(text, limit)
    .replace(MEANS, (one) => `&#${String(one.codePointAt(0))};`)
    .replace(/\b(?:www)\./gi, (one) => `${one.slice(0, -1)}&#46;`)
    .replace(/^(\d+)\./, '$1&#46;');
}

/** Several lines, as a block of code whose fence is longer than any in the text (CommonMark §4.5). */
export function block(text: string, limit = 2000): string {
  const shown = printable(text, limit);
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${shown}\n${fence}`;
}
