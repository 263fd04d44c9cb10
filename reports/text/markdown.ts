/** Escapes client text for GitHub-flavoured Markdown: shown literally, never as markup, link, mention or table border. */
import { oneLine, printable } from './printable.ts';

/** Characters with a meaning: emphasis, code, links, HTML, tables, mathematics and mentions anywhere; underscores around words, issue
 * numbers, addresses, emoji and block markers only where they have one. */
const MEANS = new RegExp(
  [
    String.raw`[\\\`*[\]<>|~$@&]`,
    '(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])',
    String.raw`(?<![A-Za-z])#(?=\d)`,
    String.raw`:(?=//)|:(?=[\w+-]+:)`,
    String.raw`(?<=\bwww)\.`,
    '^[-+=#>:]',
    String.raw`(?<=^\d{1,9})[.)](?=\s|$)`,
  ].join('|'),
  'gi',
);

/** Returns text on one line, for a cell, a heading or a sentence. Character references cannot be markup (CommonMark §2.5). */
export function inline(text: string, limit = 400): string {
  return oneLine(text, limit).replace(MEANS, (one) => `&#${String(one.codePointAt(0))};`);
}

/** Returns a sentence; text between backticks becomes code. Not for tables, where code ends at a bar. */
export function sentenceOf(text: string, limit = 1200): string {
  return oneLine(text, limit)
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? `\`${part}\`` : edges(part)))
    .join('');
}

/** Keeps the spaces around a piece of a sentence. */
function edges(part: string): string {
  const [, before = '', inner = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(part) ?? [];
  return `${before}${inline(inner, Infinity)}${after}`;
}

/** Returns several lines as a block of code whose fence is longer than any in the text (CommonMark §4.5). */
export function block(text: string, limit = 2000, language = 'text'): string {
  const shown = printable(text, limit);
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${shown}\n${fence}`;
}
