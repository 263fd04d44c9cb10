/** What `run` prints at its end: the verdict, what failed and how to mend it, the rest in numbers. Pure text. */
import type { Report, ReportCheck } from '../../src/grade/report.ts';
import { oneLine, printable } from '../text/printable.ts';
import { RUN_VERDICTS, VERDICTS, VERDICT_ORDER, count, humanDuration, tally } from '../text/words.ts';
import { palette } from './palette.ts';
import type { Palette } from './palette.ts';
import { wrap } from './wrap.ts';

export interface SummaryOptions {
  readonly color: boolean;
  /** Columns of the terminal; text is wrapped at 60 to 120. */
  readonly width: number;
  /** Files that were written, to be named at the end. */
  readonly files?: readonly string[];
}

/** Ends with a line feed. */
export function terminalSummary(report: Report, options: SummaryOptions): string {
  const width = Math.min(120, Math.max(60, options.width));
  const ink = palette(options.color);
  const loud = report.checks.filter((check) => check.verdict === 'fail' || check.verdict === 'error');
  const open = report.checks.filter((check) => check.verdict === 'inconclusive' && check.level === 'MUST');
  const other = report.checks.filter(
    (check) =>
      ['warn', 'review'].includes(check.verdict) || (check.verdict === 'inconclusive' && check.level !== 'MUST'),
  );
  return [
    ...heading(report, ink, width),
    ...loud.flatMap((check) => ['', ...inFull(check, ink, width)]),
    ...open.flatMap((check) => ['', ...inFull(check, ink, width)]),
    ...(other.length === 0 ? [] : ['', ...other.flatMap((check) => inShort(check, ink, width))]),
    ...notGraded(report, ink, width),
    '',
    ...numbers(report, ink),
    ...(options.files ?? []).map((file) => `  ${ink.dim('wrote')} ${oneLine(file, 400)}`),
    '',
  ].join('\n');
}

function heading(report: Report, ink: Palette, width: number): string[] {
  const { word, mark, tone } = RUN_VERDICTS[report.verdict];
  const { run } = report;
  const notes = [
    run.observed ? 'The strict login was refused, so the mock only observed from then on.' : undefined,
    run.partial ? `This run is partial: ${oneLine(run.partialReason ?? 'not everything was selected.')}` : undefined,
  ].filter((note) => note !== undefined);
  return [
    `${ink[tone](`${mark} ${word}`)}  ${ink.bold(oneLine(report.app.name, 80))}`,
    ...wrap(oneLine(report.summary, 600), width, '  '),
    ...notes.flatMap((note) => wrap(note, width, '  ')),
  ];
}

function inFull(check: ReportCheck, ink: Palette, width: number): string[] {
  const { mark, word, tone } = VERDICTS[check.verdict];
  const baseline =
    check.baseline === undefined ? [] : [`accepted by the baseline: ${oneLine(check.baseline.reason, 300)}`];
  const blocked = check.blockedBy === undefined ? [] : [`cannot be told before ${check.blockedBy} is mended`];
  const part = (label: string, text: string | undefined): string[] =>
    text === undefined || text === ''
      ? []
      : printable(text, 1200)
          .split('\n')
          .flatMap((line, index) =>
            wrap(line, width, '      ').map((row, at) =>
              index === 0 && at === 0
                ? `    ${ink.dim(label)}${row.trimStart().padStart(row.trimStart().length + 1)}`
                : row,
            ),
          );
  return [
    `${ink[tone](`${mark} ${word}`)}  ${ink.bold(check.id)}  ${check.level}  ${oneLine(check.title, 200)}`,
    ...part('seen:', check.message),
    ...part('why:', check.diagnosis),
    ...part('fix:', check.remedy),
    ...[...blocked, ...baseline].flatMap((line) => wrap(line, width, '    ')),
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
  const [first = '', ...rest] = wrap(`${check.id}  ${oneLine(check.message, 240)}`, width, '    ');
  return [`  ${ink[tone](mark)} ${first.trimStart()}`, ...rest];
}

function notGraded(report: Report, ink: Palette, width: number): string[] {
  if (report.notGraded.length === 0) return [];
  return ['', ink.bold('Not graded'), ...report.notGraded.flatMap((line) => wrap(oneLine(line), width, '  '))];
}

function numbers(report: Report, ink: Palette): string[] {
  const counts: Readonly<Record<string, number>> = tally(report.checks);
  const parts = VERDICT_ORDER.filter((verdict) => (counts[verdict] ?? 0) > 0).map((verdict) =>
    ink[VERDICTS[verdict].tone](`${String(counts[verdict])} ${VERDICTS[verdict].word.toLowerCase()}`),
  );
  const { run } = report;
  return [
    `${count(report.checks.length, 'check')}: ${parts.join(', ')}`,
    ink.dim(
      `${count(report.scenarios.length, 'scenario')} in ${humanDuration(run.durationMs)}, seed ${String(run.seed)}, ` +
        `silence believed after ${String(run.quietMs)} ms, answers held for ${String(run.holdMs)} ms`,
    ),
  ];
}
