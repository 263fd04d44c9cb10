/** The settings report for a terminal: what the switches say, what is wrong and where, which requirements are answered. */
import { createColors } from 'picocolors';

import { VERDICTS } from '../../reports/text/words.ts';
import { kindWords, switchState } from '../../suites/settings/rule-switch.ts';
import type { RequirementVerdict } from '../grade/report.ts';
import type { RuleSwitch, SettingsApp } from '../history/settings.ts';
import type { SettingsReport, SettingsReportFinding } from './settings-report.ts';

const WIDTH = 100;

/** Text with a line break at its end. All text of files in it was made printable when it was read. */
export function settingsTable(report: SettingsReport, options: { readonly color?: boolean } = {}): string {
  const color = createColors(options.color ?? false);
  const paint = (verdict: RequirementVerdict, text: string): string => {
    const { tone } = VERDICTS[verdict];
    return { bad: color.red, unsure: color.yellow, good: color.green, quiet: color.dim }[tone](text);
  };
  const shown = report.findings.filter(({ verdict }) => verdict !== 'pass');
  const head = ['App', 'Kind', 'PKCE required', 'Rotation enabled', 'File'];
  const rows = report.settings.apps.map((app) => [
    app.name,
    kindWords(app.kind),
    words(app, 'isPkceRequired'),
    words(app, 'isRefreshTokenRotationEnabled'),
    app.place.file,
  ]);
  return [
    ...columns([head, ...rows]).map((line, index) => (index === 0 ? color.bold(line) : line)),
    '',
    ...shown.flatMap((finding) => [...findingLines(finding, paint, color.dim), '']),
    color.bold('Requirements'),
    ...columns(
      report.requirements.map(({ id, verdict, title, due, attestation, note }) => [
        `${VERDICTS[verdict].mark} ${VERDICTS[verdict].word}`,
        id,
        `${title} (due ${due})`,
        attestation === undefined
          ? (note ?? '')
          : `by ${attestation.by} on ${attestation.at}, holds until ${attestation.until}; proof: ${attestation.proof}`,
      ]),
    ).map((line, index) => paint(report.requirements[index]?.verdict ?? 'skip', line)),
    '',
    ...wrap(
      `${report.incidentResponse.title}: ${report.incidentResponse.meaning} What to do: ${report.incidentResponse.steps.map(({ title }, index) => `${String(index + 1)}. ${title}.`).join(' ')} Whom to tell: ${report.incidentResponse.contact}.`,
      '',
    ).map(color.dim),
    '',
    paint(report.exit === 1 ? 'fail' : report.exit === 3 ? 'inconclusive' : 'pass', report.summary),
    '',
  ].join('\n');
}

function words(app: SettingsApp, name: RuleSwitch): string {
  const state = switchState(app, name);
  if (state === 'absent' && app.oauth.length === 0) return 'no OAuth';
  return {
    true: 'true',
    false: 'false',
    absent: 'left out',
    unreadable: 'unreadable',
    repeated: 'repeated',
    unseen: app.kind === 'connected-app' ? 'not in the file' : 'file not there',
  }[state];
}

function findingLines(
  { verdict, rule, place, message, diagnosis, remedy, xml, overdue }: SettingsReportFinding,
  paint: (verdict: RequirementVerdict, text: string) => string,
  dim: (text: string) => string,
): readonly string[] {
  const { mark, word } = VERDICTS[verdict];
  const where = place === undefined ? '' : `  ${place.file}:${String(place.line)}`;
  const wanting = verdict !== 'info' && verdict !== 'skip';
  return [
    `${paint(verdict, `${mark} ${word}${overdue ? ', overdue' : ''}`)}  ${rule}${dim(where)}`,
    ...wrap(diagnosis === undefined ? message : `${message} ${diagnosis}`, '    '),
    ...(wanting ? wrap(`To do: ${remedy}`, '    ') : []),
    ...(wanting && xml !== undefined ? [`    Write: ${xml}`] : []),
  ];
}

/** Columns as wide as their widest cell; the last one is not padded. */
function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, widthOf(cell));
  }
  return rows.map((row) =>
    row
      .map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  );
}

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Cells of a terminal that a text takes: pictures take two. */
function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of GRAPHEMES.segment(text))
    width += /\p{Emoji_Presentation}|\p{Script=Han}/u.test(segment) ? 2 : 1;
  return width;
}

function wrap(text: string, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    if (line.length > indent.length && line.length + word.length + 1 > WIDTH) {
      lines.push(line);
      line = indent;
    }
    line += line.length > indent.length ? ` ${word}` : word;
  }
  return [...lines, line];
}
