/** Creates HTML from tagged templates (htm, preact), which escape all text. */
import { html as template } from 'htm/preact';
import type { ComponentChild, VNode } from 'preact';

import type { RequirementVerdict } from '../../src/grade/report.ts';
import { clip, oneLine, printable } from '../text/printable.ts';
import { VERDICTS } from '../text/words.ts';
import { icon } from './icon.ts';

/** Rendered content of a page: what `markup` returns, a text, or nothing. */
export type Html = ComponentChild;

/** Renders a tagged template as HTML; all text in it is escaped. */
export const markup: (strings: TemplateStringsArray, ...values: readonly unknown[]) => VNode = template;

/** Renders a verdict as icon and word; the colour only repeats them. */
export function badge(verdict: RequirementVerdict, word = VERDICTS[verdict].word): Html {
  const { tone } = VERDICTS[verdict];
  return markup`<span class=${`badge ${tone}`}>${icon(verdict)}${word}</span>`;
}

/** Returns text on one line; text between backticks is rendered as code. */
export function line(text: string, limit?: number): Html {
  return oneLine(text, limit)
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? markup`<code>${part}</code>` : part));
}

/** Returns text of several paragraphs or lines of code, with its line breaks. */
export function prose(text: string, limit: number): Html {
  return printable(text, limit)
    .split(/\n{2,}/)
    .map((part) =>
      looksLikeCode(part) ? markup`<pre><code>${part}</code></pre>` : markup`<p>${line(part, limit)}</p>`,
    );
}

/** Returns a value for `id` and `href`: letters, digits, dots, dashes. */
export function anchor(prefix: string, name: string | number): string {
  return `${prefix}-${clip(String(name), 80).replace(/[^\w.-]+/g, '-')}`;
}

function looksLikeCode(text: string): boolean {
  return (
    text.includes('\n') || /^\s*[\w$.[\]"'-]+(\s*=\s*|\().+[;)}"'\]]\s*$/.test(text) || /^\s*(\$ |[{<])/.test(text)
  );
}
