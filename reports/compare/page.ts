/** A comparison as one self-contained page: runs or clients side by side. */
import { renderDocument } from '../html/document.ts';
import { icon } from '../html/icon.ts';
import { badge, markup } from '../html/markup.ts';
import type { Html } from '../html/markup.ts';
import { pageStyle } from '../html/style.ts';
import { oneLine } from '../text/printable.ts';
import { RUN_SEALS, RUN_VERDICTS, count, humanInstant } from '../text/words.ts';
import type { CompareColumn, CompareRow, Comparison } from './compare.ts';

export interface ComparePageOptions {
  /** Default `Comparison`. */
  readonly title?: string;
  /** Where each column's own report is, relative to the page; in the order of the columns. */
  readonly links?: readonly (string | undefined)[];
}

const CHANGES = {
  same: ['', 'skip', ''],
  better: ['Better', 'pass', 'good'],
  worse: ['Broke', 'fail', 'bad'],
  mixed: ['To and fro', 'warn', 'unsure'],
} as const;

export function comparePage(comparison: Comparison, options: ComparePageOptions = {}): string {
  const { columns, rows, better, worse } = comparison;
  const title = oneLine(options.title ?? 'Comparison', 120);
  const suites = Map.groupBy(rows, ({ suite }) => suite);
  return renderDocument({
    title,
    style: pageStyle(new URL('./compare.css', import.meta.url)),
    script: '',
    body: markup`<main class="wide">
      <h1>${title}</h1>
      <p class="lead">${count(columns.length, 'run')}, a column each, and ${count(rows.length, 'check')}, a row each. Columns are read from left to right.</p>
      <ul class="plain">
        <li>${icon('pass')} Got better: ${better.length === 0 ? 'nothing' : links(better)}</li>
        <li>${icon('fail')} Broke: ${worse.length === 0 ? 'nothing' : links(worse)}</li>
      </ul>
      <section class="scroll" tabindex="0" aria-label="Checks by run">
        <table class="matrix">
          <thead>
            <tr>
              <th scope="col">Check</th>
              ${columns.map((column, index) => heading(column, options.links?.[index]))}
              <th scope="col">Change</th>
            </tr>
          </thead>
          ${[...suites].map(
            ([suite, members]) => markup`<tbody>
              <tr class="suite-row"><th scope="rowgroup" colspan=${columns.length + 2}>${oneLine(suite, 60)}</th></tr>
              ${members.map(row)}
            </tbody>`,
          )}
        </table>
      </section>
    </main>`,
  });
}

function heading({ app, run, startedAt, verdict }: CompareColumn, link: string | undefined): Html {
  const { word, tone } = RUN_VERDICTS[verdict];
  const name = oneLine(app, 80);
  // Only a path below the page's own folder: never a scheme.
  const href = link !== undefined && /^[\w.-]+(\/[\w.-]+)*$/.test(link) ? link : undefined;
  return markup`<th scope="col">
    <span class="column">${href === undefined ? name : markup`<a href=${href}>${name}</a>`}</span>
    <span class=${`badge ${tone}`}>${icon(RUN_SEALS[verdict])}${word}</span>
    <p class="small muted">${oneLine(run, 80)}<br />${humanInstant(oneLine(startedAt, 40))}</p>
  </th>`;
}

function row({ id, level, title, cells, change }: CompareRow): Html {
  const [word, mark, tone] = CHANGES[change];
  const alike = new Set(cells.map(({ verdict }) => verdict)).size === 1;
  return markup`<tr id=${`check-${id.replace(/[^\w.-]+/g, '-')}`}>
    <th scope="row"><code>${oneLine(id, 40)}</code> ${oneLine(title, 200)} <span class=${`level ${level === 'MUST' ? 'must' : ''}`}>${level}</span></th>
    ${cells.map(
      ({ verdict, message }) =>
        markup`<td>${verdict === undefined ? markup`<span class="muted">not known</span>` : badge(verdict)}${
          (!alike || verdict === 'fail') &&
          verdict !== 'pass' &&
          message !== undefined &&
          markup`<p>${oneLine(message, 240)}</p>`
        }</td>`,
    )}
    <td class=${`change ${tone}`}>${word !== '' && icon(mark)} ${word}</td>
  </tr>`;
}

const links = (ids: readonly string[]): Html =>
  ids
    .slice(0, 60)
    .map(
      (id, index) =>
        markup`${index > 0 && ', '}<a class="nowrap" href=${`#check-${id.replace(/[^\w.-]+/g, '-')}`}>${oneLine(id, 40)}</a>`,
    );
