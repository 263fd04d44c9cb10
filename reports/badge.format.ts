/** Renders `badge.svg`, a small sign with the requirement set, the verdict and its date, for a page that links to the report.
 * Self-contained: no network, no script. */
import type { Report } from '../src/grade/report.ts';
import { selectedChecks } from '../src/grade/summarise.ts';
import type { Format } from './format.ts';
import { oneLine } from './text/printable.ts';
import { RUN_VERDICTS, humanDay } from './text/words.ts';
import { attribute, content } from './text/xml.ts';

/** Background colours; white text on each has a contrast of 7:1 or more. */
const FILLS = { good: '#0d6236', bad: '#a3170f', unsure: '#7a4b00', quiet: '#434c57' } as const;

/** Sizes in pixels. `textLength` gives the text the calculated width in every font. */
const SIZE = { height: 20, character: 6.4, margin: 7 };

function render({ app, run, verdict, checks }: Report): string {
  const { word, tone } = RUN_VERDICTS[verdict];
  const name = verdict === 'partial' ? selectedChecks(checks) : `${word}${run.partial ? ' (partial)' : ''}`;
  const said = `${name.toLowerCase()} · ${humanDay(oneLine(run.startedAt, 24))}`;
  const set = oneLine(run.rules, 40);
  const title = `${oneLine(app.name, 80)}, ${set}: ${said}`;
  const left = widthOf(set);
  const right = widthOf(said);
  const width = left + right;
  const height = String(SIZE.height);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${height}" viewBox="0 0 ${String(width)} ${height}" role="img" aria-label=${attribute(title)}>`,
    `<title>${content(title)}</title>`,
    `<clipPath id="r"><rect width="${String(width)}" height="${height}" rx="4"/></clipPath>`,
    `<g clip-path="url(#r)"><rect width="${String(left)}" height="${height}" fill="#2b3137"/><rect x="${String(left)}" width="${String(right)}" height="${height}" fill="${FILLS[tone]}"/></g>`,
    `<g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">`,
    `${text(set, 0)}${text(said, left)}`,
    '</g></svg>\n',
  ].join('\n');
}

const widthOf = (words: string): number => Math.round(words.length * SIZE.character) + SIZE.margin * 2;

function text(words: string, left: number): string {
  const length = String(widthOf(words) - SIZE.margin * 2);
  return `<text x="${String(left + SIZE.margin)}" y="14" textLength="${length}" lengthAdjust="spacingAndGlyphs">${content(words)}</text>`;
}

/** Renders `badge.svg`. */
export const format: Format = { id: 'badge', file: 'badge.svg', render: ({ report }) => render(report) };
