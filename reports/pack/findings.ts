/** Renders `findings.md`: every failure, warning and review of a run, with room for the partner's explanation. Pure. */
import type { Report, ReportCheck, Verdict } from '../../src/grade/report.ts';
import { inline, sentenceOf } from '../text/markdown.ts';
import { VERDICTS, count } from '../text/words.ts';

const SHOWN: readonly Verdict[] = ['fail', 'error', 'warn', 'review'];

/** Returns the page; failures that the baseline accepts show the reason given there. */
export function findingsPage({ checks, app }: Report): string {
  const found = SHOWN.map((verdict) => checks.filter((check) => check.verdict === verdict));
  const explained = found.flat().filter(({ baseline }) => baseline !== undefined).length;
  const summary =
    found.flat().length === 0
      ? `No check of ${inline(app.name, 120)} failed, warned or asks for a review.`
      : `${count(found.flat().length, 'finding')}; the baseline explains ${String(explained)}.`;
  return `${['# Findings and explanations', summary, ...found.flat().map(section)].join('\n\n')}\n`;
}

function section({ id, verdict, title, message, remedy, baseline, references }: ReportCheck): string {
  const lines = [
    `- **What was found:** ${sentenceOf(message)}`,
    ...(remedy === undefined ? [] : [`- **How to fix it:** ${sentenceOf(remedy)}`]),
    `- **References:** ${references.map((one) => inline(one, 120)).join('; ') || 'none'}`,
    `- **Explanation:** ${baseline === undefined ? 'none given. Fix it, or accept it with a reason in the baseline file.' : explanation(baseline)}`,
  ];
  return `## ${id} ${VERDICTS[verdict].word.toLowerCase()}: ${inline(title, 300)}\n\n${lines.join('\n')}`;
}

function explanation({ reason, until }: NonNullable<ReportCheck['baseline']>): string {
  return `accepted${until === undefined ? '' : ` until ${inline(until, 40)}`}: ${inline(reason, 600)}`;
}
