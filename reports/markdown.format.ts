/** `summary.md`: a page for the job summary of a CI system, at most 900 kB (GitHub drops more than 1 MiB without a word). */
import { incidentResponse } from '../suites/settings/incident-response.ts';
import type { Report, ReportCheck } from '../src/grade/report.ts';
import type { Format } from './format.ts';
import { LIMITS } from './text/limits.ts';
import { block, inline } from './text/markdown.ts';
import {
  RUN_VERDICTS,
  VERDICTS,
  VERDICT_ORDER,
  count,
  countWords,
  humanDay,
  humanDuration,
  humanInstant,
  wordOf,
} from './text/words.ts';

/** Bytes. */
const LARGEST = 900_000;

function render(report: Report): string {
  const loud = report.checks.filter((check) => check.verdict === 'fail' || check.verdict === 'error');
  const rest = report.checks
    .filter((check) => !loud.includes(check))
    .toSorted((a, b) => VERDICT_ORDER.indexOf(a.verdict) - VERDICT_ORDER.indexOf(b.verdict));
  return fit([
    heading(report),
    ...loud.map(inFull),
    requirements(report),
    table(rest),
    notGraded(report),
    outside(),
    incident(),
    foot(report),
  ]);
}

/** Whole parts only; says how many found no room. */
function fit(parts: readonly string[]): string {
  const kept: string[] = [];
  let bytes = 0;
  for (const [index, part] of parts.entries()) {
    bytes += Buffer.byteLength(part) + 2;
    if (bytes > LARGEST - 200) {
      kept.push(`… ${count(parts.length - index, 'more part')} found no room here; see index.html or report.json.`);
      break;
    }
    kept.push(part);
  }
  return `${kept.filter((part) => part !== '').join('\n\n')}\n`;
}

function heading(report: Report): string {
  const { word, mark } = RUN_VERDICTS[report.verdict];
  const numbers = countWords(report.checks).map(({ n, word: one }) => `${String(n)} ${one.toLowerCase()}`);
  return [
    `# ${mark} ${inline(report.app.name, 120)}: ${word.toLowerCase()}`,
    inline(report.summary, 1000),
    `**${count(report.checks.length, 'check')}**: ${numbers.join(', ')}.`,
    ...(report.run.observed ? ['The strict login was refused, so the mock only observed from then on.'] : []),
    ...(report.run.partial
      ? [`**Partial run.** ${inline(report.run.partialReason ?? 'Not everything was selected.')}`]
      : []),
  ].join('\n\n');
}

function inFull(check: ReportCheck): string {
  const { mark, word } = VERDICTS[check.verdict];
  const evidence = check.scenarios
    .filter(({ evidence: seqs }) => seqs.length > 0)
    .slice(0, 12)
    .map(
      ({ id, evidence: seqs }) =>
        `${inline(id)} ${seqs
          .slice(0, 8)
          .map((seq) => `line ${String(seq)}`)
          .join(', ')}`,
    );
  return [
    `## ${mark} ${word}: ${inline(check.id)} ${inline(check.title, 240)}`,
    inline(check.message, 1200),
    ...(check.diagnosis === undefined ? [] : [`**Why:** ${inline(check.diagnosis, 1200)}`]),
    ...(check.remedy === undefined ? [] : ['**Fix:**', block(check.remedy)]),
    ...(check.baseline === undefined ? [] : [`Accepted by the baseline: ${inline(check.baseline.reason)}`]),
    ...(evidence.length === 0 ? [] : [`Evidence in history.jsonl: ${evidence.join('; ')}`]),
  ].join('\n\n');
}

function requirements(report: Report): string {
  if (report.requirements.length === 0) return '';
  return [
    '## The partner rule\n',
    '| Requirement | Due | Verdict | Checks |',
    '| --- | --- | --- | --- |',
    ...report.requirements.map(
      ({ id, rule, due, verdict, checks }) =>
        `| ${inline(id)}: ${inline(rule, 600)} | ${inline(humanDay(due))} | ${VERDICTS[verdict].mark} ${VERDICTS[verdict].word} | ${checks.map((check) => inline(check)).join(', ')} |`,
    ),
  ].join('\n');
}

function table(checks: readonly ReportCheck[]): string {
  if (checks.length === 0) return '';
  return [
    '<details><summary>All other checks</summary>\n',
    '| Verdict | Check | Level | What happened |',
    '| --- | --- | --- | --- |',
    ...checks.map(
      (check) =>
        `| ${VERDICTS[check.verdict].mark} ${wordOf(check)} | ${inline(check.id)} ${inline(check.title, 200)} | ${check.level} | ${inline(check.message)} |`,
    ),
    '\n</details>',
  ].join('\n');
}

function notGraded(report: Report): string {
  if (report.notGraded.length === 0) return '';
  return ['## Not graded\n', ...report.notGraded.slice(0, 100).map((line) => `- ${inline(line, 600)}`)].join('\n');
}

/** The first and the last limit; the page has them all. */
function outside(): string {
  return `## The limits of a test from outside\n\n${inline(`${LIMITS[0]} ${LIMITS[LIMITS.length - 1] ?? ''}`)}`;
}

/** The short form: the steps by their names. */
function incident(): string {
  const { title, meaning, steps, contact } = incidentResponse;
  return [
    `## ${inline(title)}`,
    inline(meaning, 600),
    steps.map((step, index) => `${String(index + 1)}. ${inline(step.title)}`).join('\n'),
    `Whom to tell: ${inline(contact)}. What each step means is in index.html.`,
  ].join('\n\n');
}

function foot({ tool, run, scenarios }: Report): string {
  return `${inline(tool.name)} ${inline(tool.version)}, run ${inline(run.id)}, ${inline(humanInstant(run.startedAt))}, ${count(scenarios.length, 'scenario')} in ${humanDuration(run.durationMs)}, seed ${String(run.seed)}.`;
}

export const format: Format = { id: 'markdown', file: 'summary.md', render: ({ report }) => render(report) };
