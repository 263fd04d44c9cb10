/** Renders what was not graded, and what a test from outside cannot show. */
import { LIMITS } from '../text/limits.ts';
import { notGradedLines } from '../text/not-graded.ts';
import type { PageContext } from './context.ts';
import { line, markup } from './markup.ts';
import type { Html } from './markup.ts';

/** Most lines of the section. */
const MOST = 40;

/** Renders the section. */
export function notGraded({ report, later }: PageContext): Html {
  const { run } = report;
  const lines = notGradedLines(report);
  const limits = [
    ...LIMITS,
    `Two waits bear on verdicts: the client is treated as idle after ${String(run.quietMs)} ms without a request, and answers were held for ${String(run.holdMs)} ms to see whether the client sends again.`,
  ];
  return markup`<section id="not-graded" aria-labelledby="not-graded-title">
    <h2 id="not-graded-title">What was not graded</h2>
    <p class="lead">Nothing here counts as passed.</p>
    ${lines.length > 0 && markup`<ul class="plain">${lines.slice(0, MOST).map((text) => markup`<li>${line(text, 600)}</li>`)}</ul>`}
    <details class="group" id="limits">
      <summary>The limits of a test from outside</summary>
      ${later.part('limits', markup`<ul class="plain">${limits.map((text) => markup`<li>${text}</li>`)}</ul>`)}
    </details>
  </section>`;
}
