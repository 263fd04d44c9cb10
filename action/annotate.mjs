// Prints what failed as annotations of GitHub Actions: node annotate.mjs REPORT.json FILE. The file is the one that the
// annotations point to: what a check saw lies on the wire, not in a line of code.
import { readFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

/** GitHub shows ten errors of a step; of more it shows none of the rest. */
const most = 10;
/** Characters: an annotation is a few sentences, the report says the rest. */
const longest = 1_000;

const inText = (text) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const inValue = (text) => inText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/**
 * The lines for a report: an error for each failure, a warning for each MUST that nothing exercised or blocks; failures first.
 * A failure in the baseline is a warning. @param {object} report report.json @param {string} file relative to the workspace
 */
export function annotations(report, file) {
  const listed = report.checks.flatMap((check) => {
    const failed = check.verdict === 'fail' || check.verdict === 'error';
    // What another check blocks is not a second failure: that one says how many it blocks.
    const open = check.verdict === 'inconclusive' && check.level === 'MUST' && check.blockedBy === undefined;
    if (!failed && !open) return [];
    return [{ check, command: failed && check.baseline === undefined ? 'error' : 'warning' }];
  });
  const sorted = listed.toSorted((a, b) => Number(a.command === 'warning') - Number(b.command === 'warning'));
  const room = sorted.length > most ? most - 1 : most;
  const lines = sorted.slice(0, room).map(({ check, command }) => {
    const blocks = report.checks.filter(({ blockedBy }) => blockedBy === check.id).length;
    const blocked = blocks > 0 && `Blocks ${blocks} ${blocks === 1 ? 'check' : 'checks'}.`;
    const parts = [check.message, check.diagnosis, check.remedy && `Fix: ${check.remedy}`, blocked];
    const text = parts.filter(Boolean).join('\n');
    const short = text.length > longest ? `${text.slice(0, longest)}…` : text;
    return `::${command} file=${inValue(file)},title=${inValue(`${check.id} ${check.title}`)}::${inText(short)}`;
  });
  const left = sorted.length - room;
  if (left <= 0) return lines;
  return [...lines, `::notice file=${inValue(file)}::${left} more in the report: see the summary of this job.`];
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const [, , reportFile, file] = argv;
  const normal = file.replace(/^\.\//u, '');
  for (const line of annotations(JSON.parse(readFileSync(reportFile, 'utf8')), normal)) console.log(line);
}
