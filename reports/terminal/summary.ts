/** Renders the end of `run`'s output: failures and how to fix them, the rest in numbers, and last the verdict and the report. Pure. */
import { blockedGroups } from '../evidence/causes.ts';
import type { Report, ReportCheck } from '../../src/grade/report.ts';
import { oneLine, printable } from '../text/printable.ts';
import { notGradedLines } from '../text/not-graded.ts';
import { RUN_VERDICTS, VERDICTS, VERDICT_ORDER, count, countWords, humanDuration, sequence } from '../text/words.ts';
import { palette } from './palette.ts';
import type { Palette } from './palette.ts';
import { wrap } from './wrap.ts';

/** How `terminalSummary` prints. */
export interface SummaryOptions {
  readonly color: boolean;
  /** Columns of the terminal; text is wrapped at 60 to 120. */
  readonly width: number;
  /** Files that were written; the main one is named last. */
  readonly files?: readonly string[];
}

/** Returns the summary, ending with a line feed. */
export function terminalSummary(report: Report, options: SummaryOptions): string {
  const width = Math.min(120, Math.max(60, options.width));
  const ink = palette(options.color);
  const loud = report.checks.filter((check) => check.verdict === 'fail' || check.verdict === 'error');
  const open = report.checks.filter(
    ({ verdict, level, blockedBy }) => verdict === 'inconclusive' && level === 'MUST' && blockedBy === undefined,
  );
  const other = report.checks.filter(({ verdict }) => verdict === 'warn' || verdict === 'review');
  const parts = [
    ...loud.map((check) => inFull(check, ink, width)),
    ...open.map((check) => inFull(check, ink, width)),
    blocked(report, ink, width),
    other.flatMap((check) => inShort(check, ink, width)),
    notGraded(report, ink, width),
    numbers(report, ink, width),
    heading(report, ink, width),
    options.files === undefined || options.files.length === 0
      ? []
      : [`Report: ${oneLine(mainFile(options.files), 400)}`],
  ];
  return `${parts
    .filter((rows) => rows.length > 0)
    .map((rows) => rows.join('\n'))
    .join('\n\n')}\n`;
}

/** Returns the HTML page when it was written, else the first file. */
function mainFile(files: readonly string[]): string {
  return files.find((file) => file.endsWith('index.html')) ?? files[0] ?? '';
}

/** Returns one line for each failure: how many checks it blocks. */
function blocked(report: Report, ink: Palette, width: number): string[] {
  return blockedGroups(report.checks).flatMap(([blocker, checks]) =>
    wrap(
      `${count(checks.length, 'check')} blocked by ${blocker}: ${sequence(checks.map(({ id }) => id))}`,
      width,
      '  ',
    ).map((row) => ink.dim(row)),
  );
}

function heading(report: Report, ink: Palette, width: number): string[] {
  const { word, mark, tone } = RUN_VERDICTS[report.verdict];
  const { run } = report;
  const notes = [
    run.observed ? 'The strict login was refused, so the mock only observed from then on.' : undefined,
    run.partial ? `This run is partial: ${oneLine(run.partialReason ?? 'not everything was selected.')}` : undefined,
  ].filter((note) => note !== undefined);
  return [
    `${ink[tone](`${mark} ${word}`)}  ${ink.bold(fit(report.app.name, width - 20))}`,
    ...wrap(oneLine(report.summary, 600), width, '  '),
    ...notes.flatMap((note) => wrap(note, width, '  ')),
  ];
}

function inFull(check: ReportCheck, ink: Palette, width: number): string[] {
  const { mark, word, tone } = VERDICTS[check.verdict];
  const baseline =
    check.baseline === undefined ? [] : [`accepted by the baseline: ${oneLine(check.baseline.reason, 300)}`];
  const part = (label: string, text: string | undefined): string[] => {
    if (text === undefined || text === '') return [];
    const [first = '', ...rest] = printable(text, 1200)
      .split('\n')
      .flatMap((line) => wrap(line, width, '      '))
      .map((row) => row.trimEnd());
    return first.length + label.length < width
      ? [`    ${ink.dim(label)} ${first.trimStart()}`, ...rest]
      : [`    ${ink.dim(label)}`, first, ...rest];
  };
  return [
    `${ink[tone](`${mark} ${word}`)}  ${ink.bold(check.id)}  ${check.level}  ${fit(check.title, width - 32)}`,
    ...part('seen:', check.message),
    ...part('why:', check.diagnosis),
    ...part('fix:', check.remedy),
    ...baseline.flatMap((line) => wrap(line, width, '    ')),
    ...evidence(check, ink),
  ];
}

function evidence(check: ReportCheck, ink: Palette): string[] {
  const places = check.scenarios
    .filter(({ verdict, evidence: seqs }) => seqs.length > 0 && verdict !== 'pass')
    .map(
      ({ id, evidence: seqs }) =>
        `${id} ${seqs
          .slice(0, 6)
          .map((seq) => `#${String(seq)}`)
          .join(' ')}`,
    );
  if (places.length === 0) return [];
  return [`    ${ink.dim('evidence:')} ${places.slice(0, 6).join(' · ')}${places.length > 6 ? ' …' : ''}`];
}

function inShort(check: ReportCheck, ink: Palette, width: number): string[] {
  const { mark, tone } = VERDICTS[check.verdict];
  const [first = '', ...rest] = wrap(`${check.id}  ${oneLine(check.message, 400)}`, width, '    ');
  return [`  ${ink[tone](mark)} ${first.trimStart()}`, ...rest];
}

function notGraded(report: Report, ink: Palette, width: number): string[] {
  const lines = notGradedLines(report);
  if (lines.length === 0) return [];
  return [ink.bold('Not graded'), ...lines.flatMap((line) => wrap(oneLine(line), width, '  '))];
}

function numbers(report: Report, ink: Palette, width: number): string[] {
  const { run } = report;
  const rows = wrap(
    [
      `${count(report.checks.length, 'check')}:`,
      countWords(report.checks)
        .map(({ text }) => text)
        .join(', '),
    ].join(' '),
    width,
    '',
  );
  const settings = `requirement set ${oneLine(run.rules, 40)}, ${count(report.scenarios.length, 'scenario')} in ${humanDuration(run.durationMs)}, seed ${String(run.seed)}, treated as idle after ${String(run.quietMs)} ms without a request, answers held for ${String(run.holdMs)} ms`;
  return [...rows.map((row) => paint(row, ink)), ...wrap(settings, width, '').map((row) => ink.dim(row))];
}

/** Colours each count like its verdict. */
function paint(row: string, ink: Palette): string {
  return VERDICT_ORDER.reduce((text, verdict) => {
    const { word, tone } = VERDICTS[verdict];
    return text.replace(new RegExp(`\\d+ ${word.toLowerCase()}`), (found) => ink[tone](found));
  }, row);
}

/** Shortens a text to one line of at most `width` characters. */
function fit(text: string, width: number): string {
  const line = oneLine(text, 400);
  return line.length <= width ? line : `${line.slice(0, width - 1).toWellFormed()}…`;
}
