// Prints a comment for a pull request: node comment.mjs REPORT.json BASE-REPORT.json BASE URL. There may be no base report.
import { existsSync, readFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { compareReports } from '../reports/compare/compare.ts';
import { causesOf } from '../reports/evidence/causes.ts';
import { inline, sentenceOf } from '../reports/text/markdown.ts';
import { notGradedSentence } from '../reports/text/not-graded.ts';
import { RUN_VERDICTS, count } from '../reports/text/words.ts';

/** Finds the comment of an earlier run again. */
const MARK = '<!-- sf-conformance -->';
const most = 10;

const ids = (list) =>
  `${list
    .slice(0, 30)
    .map((id) => inline(id))
    .join(', ')}${list.length > 30 ? ', …' : ''}`;

/** What changed from the base branch to this one. */
function changes(report, before, branch) {
  const name = inline(branch, 120);
  if (before === undefined) return [`There is no report of ${name} to compare with.`];
  const { better, worse, rows } = compareReports([before, report]);
  if (better.length + worse.length === 0) {
    const same = rows.every(({ change }) => change === 'same');
    return [same ? `No check changed against ${name}.` : `Nothing broke and nothing got better against ${name}.`];
  }
  const blocked = new Set(report.checks.filter(({ blockedBy }) => blockedBy !== undefined).map(({ id }) => id));
  const broke = worse.filter((id) => !blocked.has(id));
  const waiting = worse.length - broke.length;
  return [
    broke.length > 0 && `**Broke against ${name}**: ${ids(broke)}.`,
    waiting > 0 && `${count(waiting, 'check')} blocked by a failure.`,
    better.length > 0 && `**Better than ${name}**: ${ids(better)}.`,
  ].filter(Boolean);
}

/**
 * Returns the comment as Markdown.
 * @param {object} report report.json of this run @param {object | undefined} before that of the base branch
 * @param {string} branch the base branch @param {string} url of the run
 */
export function comment(report, before, branch, url) {
  const { word, mark } = RUN_VERDICTS[report.verdict];
  const causes = causesOf(report.checks);
  const failures = causes
    .slice(0, most)
    .map(
      ({ lead, also }) =>
        `- **${inline(lead.id)}** ${sentenceOf(lead.message, 300)}${also.length > 0 ? ` Also failed: ${ids(also.map(({ id }) => id))}.` : ''}`,
    );
  const left = causes.length - most;
  return [
    MARK,
    `### ${mark} ${inline(report.app.name, 120)}: ${word.toLowerCase()}`,
    '',
    `${inline(report.summary, 600)} ${inline(notGradedSentence(report.requirements), 600)}`.trimEnd(),
    '',
    changes(report, before, branch).join('\n\n'),
    ...(failures.length > 0 ? ['', ...failures] : []),
    ...(left > 0 ? [`- and ${count(left, 'more cause')}`] : []),
    '',
    `[Report and evidence](${url})`,
    '',
  ].join('\n');
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const [, , file, baseFile, branch, url] = argv;
  const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
  process.stdout.write(comment(read(file), existsSync(baseFile) ? read(baseFile) : undefined, branch, url));
}
