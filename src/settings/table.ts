/** Renders the settings report for a terminal: the values of the switches, what is wrong and where, which requirements are answered. */
import { createColors } from 'picocolors';

import { VERDICTS } from '../../reports/text/words.ts';
import { kindWords, switchState } from '../../suites/settings/rule-switch.ts';
import type { RequirementVerdict } from '../grade/report.ts';
import type { RuleSwitch, SettingsApp } from '../history/settings.ts';
import { findingGroups, type FindingGroup } from './finding-groups.ts';
import type { SettingsReport } from './settings-report.ts';

const WIDTH = 100;

const TONES: Readonly<Record<SettingsReport['verdict'], RequirementVerdict>> = {
  compliant: 'pass',
  'non-compliant': 'fail',
  inconclusive: 'inconclusive',
  'not-applicable': 'skip',
};

/** Renders findings as text ending with a line break. Texts from files were made printable when they were read. */
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
    ...findingGroups(shown).flatMap((group) => [...groupLines(group, paint, color.dim), '']),
    color.bold(`Requirements of ${report.rules}`),
    ...columns(
      report.requirements.map(({ id, verdict, title, due, attestation, note }) => [
        `${VERDICTS[verdict].mark} ${VERDICTS[verdict].word}`,
        id,
        due === undefined ? title : `${title} (due ${due})`,
        attestation === undefined
          ? (note ?? '')
          : `by ${attestation.by} on ${attestation.at}, holds until ${attestation.until}; proof: ${attestation.proof}`,
      ]),
    ).map((line, index) => paint(report.requirements[index]?.verdict ?? 'skip', line)),
    '',
    ...wrap(
      `${report.incidentResponse.title}: ${report.incidentResponse.meaning} What to do: ${report.incidentResponse.steps.map(({ title }, index) => `${String(index + 1)}. ${title}.`).join(' ')} Whom to inform: ${report.incidentResponse.contact}.`,
      '',
    ).map(color.dim),
    '',
    paint(TONES[report.verdict], report.summary),
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

function groupLines(
  { verdict, overdue, rules, messages, items, remedy, xml }: FindingGroup,
  paint: (verdict: RequirementVerdict, text: string) => string,
  dim: (text: string) => string,
): readonly string[] {
  const { mark, word } = VERDICTS[verdict];
  const head = `${paint(verdict, `${mark} ${word}${overdue ? ', overdue' : ''}`)}  ${rules.join(', ')}`;
  const [only] = items;
  const isWanting = verdict !== 'info' && verdict !== 'skip';
  const where = items.length === 1 && only !== undefined && only.place !== '' ? dim(`  ${only.place}`) : '';
  return [
    head + where,
    ...messages.flatMap((message) => wrap(message, '    ')),
    ...(items.length > 1 ? placeLines(items, isWanting && verdict !== 'review') : []),
    ...(isWanting ? wrap(`To do: ${remedy}`, '    ') : []),
    ...(isWanting && xml !== undefined ? [`    Write: ${xml}`] : []),
  ];
}

/** Returns where to change something, one line each; only the names of the apps when the files need no change. */
function placeLines(items: FindingGroup['items'], isEdit: boolean): readonly string[] {
  const names = new Set(items.map(({ app }) => app));
  if (!isEdit && items.every(({ app, message }) => app !== '' && message === '')) {
    return wrap([...names].join(', '), '    - ', '      ');
  }
  return items.flatMap(({ place, app, message }) => {
    const line = [place, app].filter((part) => part !== '').join('  ');
    return [...(line === '' ? [] : [`    - ${line}`]), ...(message === '' ? [] : wrap(message, '      '))];
  });
}

/** Aligns columns to their widest cell; the last one is not padded. */
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

/** Returns the number of terminal cells that a text takes; emoji take two. */
function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of GRAPHEMES.segment(text))
    width += /\p{Emoji_Presentation}|\p{Script=Han}/u.test(segment) ? 2 : 1;
  return width;
}

function wrap(text: string, indent: string, further = indent): readonly string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    const isEmpty = line.trim() === indent.trim();
    if (!isEmpty && line.length + word.length + 1 > WIDTH) {
      lines.push(line);
      line = further + word;
    } else line += isEmpty ? word : ` ${word}`;
  }
  return [...lines, line];
}
