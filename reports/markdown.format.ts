/** Renders `summary.md`: one short page for the job summary of a CI system or a comment on a pull request. */
import type { Report, ReportCheck } from '../src/grade/report.ts';
import { incidentResponse } from '../suites/settings/incident-response.ts';
import { blockedGroups, causesOf } from './evidence/causes.ts';
import type { Cause } from './evidence/causes.ts';
import { raceMermaid } from './evidence/race-mermaid.ts';
import { raceStory } from './evidence/race-story.ts';
import { raceOf } from './evidence/race.ts';
import { createTrail } from './evidence/trail.ts';
import type { Trail } from './evidence/trail.ts';
import type { Format, RenderInput } from './format.ts';
import { block, inline, sentenceOf } from './text/markdown.ts';
import { notGradedLines, notGradedSentence } from './text/not-graded.ts';
import { referenceUrl } from './text/reference-url.ts';
import {
  RUN_VERDICTS,
  VERDICTS,
  VERDICT_ORDER,
  count,
  countWords,
  humanDuration,
  humanInstant,
  requirementWord,
  sequence,
} from './text/words.ts';

/** Largest size in bytes. */
const LARGEST = 10_000;
/** Most checks that are listed one by one. */
const MOST_LISTED = 40;

function render({ report, history }: RenderInput): string {
  const causes = causesOf(report.checks);
  const trail = createTrail(causes.length === 0 ? [] : history);
  return fit([
    { rank: 0, text: heading(report) },
    ...causes.map((cause, index) => ({
      rank: index === 0 ? 1 : 3,
      text: causePart(cause, trail),
      shorter: causePart(cause, undefined),
    })),
    { rank: 4, text: blocked(report) },
    { rank: 5, text: list('Faults of the tool', report.checks, 'error') },
    { rank: 5, text: list('Not exercised', report.checks, 'inconclusive') },
    { rank: 6, text: list('To review', report.checks, 'review') },
    { rank: 6, text: list('Warnings', report.checks, 'warn') },
    { rank: 2, text: requirements(report) },
    { rank: 4, text: notGraded(report) },
    { rank: 0, text: foot(report) },
  ]);
}

interface Part {
  readonly text: string;
  /** Parts with the highest rank are left out first when there is too little room. */
  readonly rank: number;
  /** The part without its picture. */
  readonly shorter?: string;
}

/** Keeps whole parts in their order, and adds how many were left out. */
function fit(parts: readonly Part[]): string {
  let room = LARGEST - 200;
  const chosen = new Map<Part, string>();
  for (const part of parts.toSorted((a, b) => a.rank - b.rank)) {
    const text = [part.text, part.shorter ?? ''].find((one) => Buffer.byteLength(one) + 2 <= room) ?? '';
    if (text !== '') chosen.set(part, text);
    room -= Buffer.byteLength(text) + 2;
  }
  const left = parts.filter((part) => part.text !== '' && !chosen.has(part)).length;
  const kept = parts.flatMap((part) => chosen.get(part) ?? []);
  const note = `… ${count(left, 'more part')} found no room here; see index.html or report.json.`;
  return `${[...kept, ...(left > 0 ? [note] : [])].join('\n\n')}\n`;
}

function heading(report: Report): string {
  const { word, mark } = RUN_VERDICTS[report.verdict];
  const numbers = countWords(report.checks).map(({ text }) => text);
  return [
    `# ${mark} ${inline(report.app.name, 120)}: ${word.toLowerCase()}`,
    `${inline(report.summary, 1000)} ${inline(notGradedSentence(report.requirements), 600)}`.trimEnd(),
    `**${count(report.checks.length, 'check')}**: ${numbers.join(', ')}.`,
    ...(report.run.observed
      ? ['Strict mode refused the first login, so the mock recorded the rest without enforcing.']
      : []),
    ...(report.run.partial
      ? [`**Partial run.** ${inline(report.run.partialReason ?? 'Not everything was selected.')}`]
      : []),
  ].join('\n\n');
}

/** Renders one cause.
 * @param trail absent: leave out the picture of the race */
function causePart({ lead, also, blocked: waiting }: Cause, trail: Trail | undefined): string {
  const others = [
    also.length === 0 ? undefined : `Also failed: ${sequence(also.map(({ id }) => inline(id)))}.`,
    waiting.length === 0 ? undefined : `Blocks ${count(waiting.length, 'check')}.`,
    lead.baseline === undefined ? undefined : `Accepted by the baseline: ${inline(lead.baseline.reason)}.`,
  ].filter((text) => text !== undefined);
  return [
    `## ${VERDICTS.fail.mark} ${inline(lead.id)} ${inline(lead.title, 240)}`,
    sentenceOf(lead.message),
    ...(lead.diagnosis === undefined ? [] : [sentenceOf(lead.diagnosis)]),
    ...(trail === undefined ? [] : race(lead, trail)),
    ...(lead.remedy === undefined ? [] : [fix(lead.remedy)]),
    ...(others.length === 0 ? [] : [others.join(' ')]),
    ...evidence(lead),
    sources(lead),
  ].join('\n\n');
}

/** Renders a remedy: a single line as a sentence, several lines as a block of code. */
const fix = (remedy: string): string =>
  remedy.includes('\n') ? `**Fix:**\n\n${block(remedy)}` : `**Fix:** ${sentenceOf(remedy)}`;

function race({ scenarios }: ReportCheck, trail: Trail): readonly string[] {
  for (const { id, verdict } of scenarios) {
    const scenario = trail.scenarios.get(id);
    const found = verdict !== 'fail' || scenario === undefined ? undefined : raceOf(scenario);
    if (found !== undefined)
      return [inline(raceStory(found).join(' '), 1000), block(raceMermaid(found), 6000, 'mermaid')];
  }
  return [];
}

function evidence({ scenarios }: ReportCheck): readonly string[] {
  const [first] = scenarios.filter(({ evidence: seqs }) => seqs.length > 0);
  if (first === undefined) return [];
  const lines = first.evidence.slice(0, 3).map(String);
  return [
    `Evidence: ${count(lines.length, 'line').replace(/^\d+ /, '')} ${sequence(lines)} of history.jsonl, scenario ${inline(first.id)}.`,
  ];
}

/** Returns the references: "Sources: RFC 9700 §4.14.2. More: `sf-conformance explain RACE-01`." */
function sources({ id, references }: ReportCheck): string {
  const links = references.slice(0, 4).map((one) => {
    const url = referenceUrl(one);
    return url === undefined ? inline(one, 120) : `[${inline(one, 120)}](${url})`;
  });
  return `${links.length === 0 ? '' : `Sources: ${links.join(', ')}. `}More: \`sf-conformance explain ${inline(id)}\`.`;
}

function blocked({ checks }: Report): string {
  const groups = blockedGroups(checks);
  if (groups.length === 0) return '';
  return [
    '## Blocked\n',
    ...groups.map(
      ([blocker, members]) =>
        `- by ${inline(blocker)}: ${members
          .slice(0, MOST_LISTED)
          .map(({ id }) => inline(id))
          .join(', ')}`,
    ),
  ].join('\n');
}

function list(title: string, checks: readonly ReportCheck[], verdict: ReportCheck['verdict']): string {
  const members = checks.filter((check) => check.verdict === verdict && check.blockedBy === undefined);
  if (members.length === 0) return '';
  const rest = members.length - MOST_LISTED;
  return [
    `## ${title}\n`,
    ...members
      .slice(0, MOST_LISTED)
      .map(({ id, title: what, message }) => `- **${inline(id)}** ${inline(what, 200)}: ${sentenceOf(message, 400)}`),
    ...(rest > 0 ? [`- and ${count(rest, 'more check')} in index.html`] : []),
  ].join('\n');
}

function requirements(report: Report): string {
  if (report.requirements.length === 0) return '';
  const order = report.requirements.toSorted(
    (a, b) => VERDICT_ORDER.indexOf(a.verdict) - VERDICT_ORDER.indexOf(b.verdict),
  );
  return [
    '## The partner rule\n',
    `Requirement set ${inline(report.run.rules, 40)}.\n`,
    '| Verdict | Requirement |',
    '| --- | --- |',
    ...order.map(
      (one) => `| ${VERDICTS[one.verdict].mark} ${requirementWord(one, report.checks)} | ${inline(one.title, 200)} |`,
    ),
  ].join('\n');
}

function notGraded(report: Report): string {
  const lines = notGradedLines(report);
  if (lines.length === 0) return '';
  return ['## Not graded\n', ...lines.slice(0, MOST_LISTED).map((text) => `- ${sentenceOf(text, 600)}`)].join('\n');
}

function foot({ tool, run, scenarios }: Report): string {
  return [
    `If a refresh token is reused: report it to ${incidentResponse.contact}; index.html says what to do.`,
    `${inline(tool.name)} ${inline(tool.version)}, run ${inline(run.id)}, ${inline(humanInstant(run.startedAt))}, ${count(scenarios.length, 'scenario')} in ${humanDuration(run.durationMs)}, seed ${String(run.seed)}. The whole report is [index.html](index.html), the same for programs [report.json](report.json).`,
  ].join('\n\n');
}

/** Renders `summary.md`. */
export const format: Format = { id: 'markdown', file: 'summary.md', render };
