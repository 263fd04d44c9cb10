/** Renders a comparison as one self-contained page. */
import { renderDocument } from '../html/document.ts';
import { icon } from '../html/icon.ts';
import { badge, line, markup } from '../html/markup.ts';
import type { Html } from '../html/markup.ts';
import { pageStyle } from '../html/style.ts';
import { oneLine } from '../text/printable.ts';
import { RUN_SEALS, RUN_VERDICTS, count, humanInstant, sequence } from '../text/words.ts';
import { isAlike } from './compare.ts';
import type { CompareColumn, CompareRow, Comparison } from './compare.ts';

/** What the caller knows about a comparison page beyond the comparison. */
export interface ComparePageOptions {
  /** Default `Comparison`. */
  readonly title?: string;
  /** Path of each column's own report relative to the page, in the order of the columns. */
  readonly links?: readonly (string | undefined)[];
}

const CHANGES = {
  same: ['', 'skip', ''],
  better: ['Better', 'pass', 'good'],
  worse: ['Broke', 'fail', 'bad'],
  mixed: ['Mixed', 'warn', 'unsure'],
} as const;

/** Renders the page: requirements, then the checks that differ; checks with equal results are folded into lists of ids. */
export function comparePage(comparison: Comparison, options: ComparePageOptions = {}): string {
  const title = oneLine(options.title ?? 'Comparison', 120);
  const { columns, oneClient, rows } = comparison;
  const different = rows.filter((row) => !isAlike(row));
  return renderDocument({
    title,
    style: pageStyle(new URL('./compare.css', import.meta.url)),
    script: '',
    body: markup`<main class="wide">
      <h1>${title}</h1>
      <p class="lead">${`${count(columns.length, oneClient ? 'run' : 'client')}: ${sequence(columns.map(({ app, run }) => oneLine(oneClient ? run : app, 80)))}. ${count(different.length, 'check')} of ${String(rows.length)} ${different.length === 1 ? 'differs' : 'differ'}.`}</p>
      ${oneClient && changes(comparison)}
      <h2>The partner rule</h2>
      ${table('Requirements', comparison, options, requirementRows(comparison), false)}
      <h2>Checks that differ</h2>
      ${different.length === 0 ? markup`<p>None.</p>` : table('Checks', comparison, options, checkRows(different, comparison), oneClient)}
      <h2>Checks that are alike</h2>
      ${alike(rows.filter(isAlike))}
    </main>`,
  });
}

/** Renders the improvements and regressions from the first run to the last. */
function changes({ better, worse }: Comparison): Html {
  return markup`<ul class="plain">
    <li>${icon('pass')} Got better: ${better.length === 0 ? 'nothing' : links(better)}</li>
    <li>${icon('fail')} Broke: ${worse.length === 0 ? 'nothing' : links(worse)}</li>
  </ul>`;
}

function table(
  name: string,
  comparison: Comparison,
  options: ComparePageOptions,
  body: Html,
  withChange: boolean,
): Html {
  return markup`<div class="scroll" tabindex="0" role="region" aria-label=${name}>
    <table class="matrix">
      <thead>
        <tr>
          <th scope="col">${name}</th>
          ${comparison.columns.map((column, index) => heading(column, options.links?.[index]))}
          ${withChange && markup`<th scope="col">Change</th>`}
        </tr>
      </thead>
      ${body}
    </table>
  </div>`;
}

function heading({ app, run, startedAt, rules, verdict }: CompareColumn, link: string | undefined): Html {
  const { word, tone } = RUN_VERDICTS[verdict];
  const name = oneLine(app, 80);
  // Accepts only a path below the page's own folder, never a URL with a scheme.
  const href = link !== undefined && /^[\w.-]+(\/[\w.-]+)*$/.test(link) ? link : undefined;
  return markup`<th scope="col">
    <span class="column">${href === undefined ? name : markup`<a href=${href}>${name}</a>`}</span>
    <span class=${`badge ${tone}`}>${icon(RUN_SEALS[verdict])}${word}</span>
    <p class="small muted">${oneLine(run, 80)}<br />${humanInstant(oneLine(startedAt, 40))}<br />${oneLine(rules, 40)}</p>
  </th>`;
}

function requirementRows({ requirements, columns, oneClient }: Comparison): Html {
  return markup`<tbody>
    ${requirements.map(
      ({ title, cells }) =>
        markup`<tr>
          <th scope="row">${line(title, 200)}</th>
          ${cells.map(
            (cell, index) =>
              markup`<td data-column=${columnName(columns[index], oneClient)}>${cell === undefined ? markup`<span class="muted">not known</span>` : badge(cell.verdict, cell.word)}</td>`,
          )}
        </tr>`,
    )}
  </tbody>`;
}

function checkRows(rows: readonly CompareRow[], comparison: Comparison): Html {
  const suites = Map.groupBy(rows, ({ suite }) => suite);
  const width = comparison.columns.length + (comparison.oneClient ? 2 : 1);
  return [...suites].map(
    ([suite, members]) =>
      markup`<tbody>
        <tr class="suite-row"><th scope="rowgroup" colspan=${width}>${oneLine(suite, 60)}</th></tr>
        ${members.map((member) => row(member, comparison))}
      </tbody>`,
  );
}

function row({ id, level, title, cells, change }: CompareRow, { columns, oneClient }: Comparison): Html {
  const [changed, mark, tone] = CHANGES[change];
  return markup`<tr id=${`check-${id.replace(/[^\w.-]+/g, '-')}`}>
    <th scope="row"><code>${oneLine(id, 40)}</code> ${line(title, 200)} <span class=${`level ${level === 'MUST' ? 'must' : ''}`}>${level}</span></th>
    ${cells.map(
      ({ verdict, word, message }, index) =>
        markup`<td data-column=${columnName(columns[index], oneClient)}>${verdict === undefined ? markup`<span class="muted">not known</span>` : badge(verdict, word)}${
          verdict !== 'pass' && message !== undefined && markup`<p>${line(message, 240)}</p>`
        }</td>`,
    )}
    ${oneClient && markup`<td class=${`change ${tone}`}>${changed !== '' && icon(mark)} ${changed}</td>`}
  </tr>`;
}

/** Returns the label that narrow screens show in front of each cell instead of a column heading. */
const columnName = (column: CompareColumn | undefined, oneClient: boolean): string =>
  oneLine((oneClient ? column?.run : column?.app) ?? '', 80);

function alike(rows: readonly CompareRow[]): Html {
  const groups = Map.groupBy(rows, ({ cells: [first] }) => first?.word ?? '');
  return markup`<div class="lines">
    ${[...groups].map(
      ([name, members]) =>
        markup`<details class="group">
          <summary>${`${name} in all`} <span class="muted small">${count(members.length, 'check')}</span></summary>
          <p class="body">${members.map(({ id }) => oneLine(id, 40)).join(', ')}</p>
        </details>`,
    )}
  </div>`;
}

const links = (ids: readonly string[]): Html =>
  ids
    .slice(0, 60)
    .map(
      (id, index) =>
        markup`${index > 0 && ', '}<a class="nowrap" href=${`#check-${id.replace(/[^\w.-]+/g, '-')}`}>${oneLine(id, 40)}</a>`,
    );
