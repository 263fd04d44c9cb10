/** HTML as tagged templates (htm, preact): text is escaped unless someone asks otherwise, and nobody here does. */
import htm from 'htm';
import { h } from 'preact';
import type { ComponentChild, VNode } from 'preact';

import type { RequirementVerdict } from '../../src/grade/report.ts';
import { clip, printable } from '../text/printable.ts';
import { VERDICTS } from '../text/words.ts';

export type Html = ComponentChild;

export const html: (strings: TemplateStringsArray, ...values: readonly unknown[]) => VNode | VNode[] = htm.bind(h);

/** Mark and word; the colour only repeats them. */
export function badge(verdict: RequirementVerdict): Html {
  const { word, mark, tone } = VERDICTS[verdict];
  return html`<span class=${`badge ${tone}`}><span class="mark" aria-hidden="true">${mark}</span>${word}</span>`;
}

/** Text of several paragraphs or lines of code, as it was written. */
export function prose(text: string, limit: number): Html {
  return printable(text, limit)
    .split(/\n{2,}/)
    .map((part) => (looksLikeCode(part) ? html`<pre><code>${part}</code></pre>` : html`<p>${part}</p>`));
}

/** A name for `id` and `href`: letters, digits, dots, dashes. */
export function anchor(prefix: string, name: string | number): string {
  return `${prefix}-${clip(String(name), 80).replace(/[^\w.-]+/g, '-')}`;
}

function looksLikeCode(text: string): boolean {
  return text.includes('\n') || /^\s*[\w$.[\]"'-]+(\s*=\s*|\().+[;)}"'\]]\s*$/.test(text) || /^\s*[{<$]/.test(text);
}
