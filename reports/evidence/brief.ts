/** Renders one finding as self-contained Markdown for an AI assistant, a ticket or a colleague. */
import type { Report, ReportCheck } from '../../src/grade/report.ts';
import { fixFor } from '../fixes/fixes.ts';
import { block } from '../text/markdown.ts';
import { oneLine, printable } from '../text/printable.ts';
import { VERDICTS, count } from '../text/words.ts';
import { languageOf } from './language.ts';
import { evidenceOf } from './lines.ts';
import type { Trail } from './trail.ts';

/** Most lines of evidence. */
const MOST = 12;

/** Returns the finding, its evidence, the fix and how to verify it. Tokens appear as labels only. */
export function brief(check: ReportCheck, report: Report, trail: Trail): string {
  const { id, level, title, message, diagnosis, why, remedy, references } = check;
  const language = languageOf(trail);
  const code = fixFor(id, language);
  const lines = evidenceOf(
    check.scenarios.flatMap(({ evidence }) => evidence),
    trail,
  );
  const rest = lines.length - MOST;
  const evidence = lines
    .slice(0, MOST)
    .map(({ seqs: [seq = 0], asked, answered }) =>
      answered === undefined ? `#${String(seq)} ${asked}` : `#${String(seq)} ${asked} -> ${answered}`,
    );
  if (rest > 0) evidence.push(`and ${count(rest, 'further line')}, by number in report.json`);
  const parts: readonly (readonly [string, string | undefined])[] = [
    ['What was expected', sentence(title)],
    ['What happened', [message, diagnosis].filter((text) => text !== undefined).join('\n\n')],
    ['Why it matters', why],
    [
      'Evidence (request -> answer; RT#, AT# and CODE# are labels for secrets)',
      evidence.length === 0 ? undefined : block(evidence.join('\n'), 4000),
    ],
    ['Fix', remedy],
    ['How the fix can look', code === undefined ? undefined : `\`\`\`${code.language}\n${code.code}\n\`\`\``],
    ['How to verify', `Run \`sf-conformance run --grep '^${id}$'\`: exit code 0 and ${id} passed.`],
  ];
  const heading = `# ${id} ${VERDICTS[check.verdict].word.toLowerCase()} (${level}): a Salesforce OAuth client, "${oneLine(report.app.name, 120)}"`;
  const about = `A ${report.app.client} client, tested by ${report.tool.name} ${report.tool.version} against the partner requirements for PKCE and refresh token rotation. Standards: ${references.join(', ') || 'none named'}.`;
  const body = parts.flatMap(([name, text]) => (text === undefined ? [] : [`## ${name}\n\n${printable(text, 4000)}`]));
  return `${[heading, about, ...body].join('\n\n')}\n`;
}

const sentence = (text: string): string => (text.endsWith('.') ? text : `${text}.`);
