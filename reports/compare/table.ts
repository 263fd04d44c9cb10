/** Renders a comparison as a table for the terminal: marks in columns, verdicts in words below. */
import { oneLine } from '../text/printable.ts';
import { RUN_VERDICTS, VERDICTS, count } from '../text/words.ts';
import { palette } from '../terminal/palette.ts';
import { isAlike } from './compare.ts';
import type { Comparison } from './compare.ts';

const CHANGES = { same: '', better: 'better', worse: 'broke', mixed: 'mixed' } as const;

/** Renders the table, ending with a line feed. Rows in which all columns agree on `pass`, `info` or `skip` are only counted. */
export function compareTable(
  { columns, rows, better, worse, oneClient }: Comparison,
  { color }: { readonly color: boolean },
): string {
  const ink = palette(color);
  const calm = rows.filter(
    ({ cells }) =>
      new Set(cells.map(({ word }) => word)).size === 1 && ['pass', 'info', 'skip'].includes(cells[0]?.verdict ?? ''),
  );
  const listed = rows.filter((row) => !calm.includes(row));
  const width = Math.max(6, ...listed.map(({ id }) => id.length));
  const used = new Set(
    listed.flatMap(({ cells }) =>
      cells.flatMap(({ verdict, word }) =>
        verdict === undefined ? [] : [`${VERDICTS[verdict].mark} ${word.toLowerCase()}`],
      ),
    ),
  );
  return [
    ...columns.map(({ app, run, rules, verdict }, index) => {
      const { word, mark, tone } = RUN_VERDICTS[verdict];
      return `${letter(index)}  ${ink[tone](`${mark} ${word}`)}  ${ink.bold(oneLine(app, 60))}  ${ink.dim(`${oneLine(run, 80)}, ${oneLine(rules, 40)}`)}`;
    }),
    '',
    ink.dim(`${'check'.padEnd(width)}  ${columns.map((_, index) => letter(index)).join('  ')}`),
    ...listed.map(({ id, cells, change, title }) => {
      const marks = cells.map(({ verdict }, index) => {
        const mark = verdict === undefined ? ink.dim('.') : ink[VERDICTS[verdict].tone](VERDICTS[verdict].mark);
        return mark + ' '.repeat(letter(index).length - 1);
      });
      const note =
        CHANGES[change] === '' || !oneClient ? '' : `  ${ink[change === 'better' ? 'good' : 'bad'](CHANGES[change])}`;
      return `${oneLine(id, 40).padEnd(width)}  ${marks.join('  ')}  ${oneLine(title, 80)}${note}`;
    }),
    ...(calm.length === 0 ? [] : [ink.dim(`and ${count(calm.length, 'check')} on which all agree`)]),
    '',
    ink.dim([...used].join('   ')),
    oneClient
      ? `${String(better.length)} better${list(better)}, ${String(worse.length)} broke${list(worse)}`
      : `${count(rows.filter((row) => !isAlike(row)).length, 'check')} of ${String(rows.length)} differ`,
    '',
  ].join('\n');
}

/** Returns the name of a column: A, B … Z, AA, AB … */
export function letter(index: number): string {
  return (index >= 26 ? letter(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));
}

const list = (ids: readonly string[]): string =>
  ids.length === 0
    ? ''
    : ` (${ids
        .slice(0, 12)
        .map((id) => oneLine(id, 40))
        .join(', ')}${ids.length > 12 ? ' …' : ''})`;
