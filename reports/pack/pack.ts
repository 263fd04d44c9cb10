/** Renders the pages for a security review from a finished run. Pure. */
import type { RenderInput } from '../format.ts';
import { inline } from '../text/markdown.ts';
import { RUN_VERDICTS, humanInstant } from '../text/words.ts';
import { createTrail } from '../evidence/trail.ts';
import { dataAtRestPage } from './data-at-rest.ts';
import { findingsPage } from './findings.ts';
import { tokenFlowPage } from './token-flow.ts';

/** A page of the pack: its file name and its Markdown. */
export interface PackPage {
  readonly file: string;
  readonly text: string;
}

/** Returns an overview and one page for each question of a security review. Tokens appear as labels only. */
export function packPages({ report, history }: RenderInput): readonly PackPage[] {
  const trail = createTrail(history);
  const pages = [
    {
      file: 'token-flow.md',
      about: 'Which requests the client sends, and where tokens and secrets travel',
      text: tokenFlowPage(report, trail),
    },
    { file: 'data-at-rest.md', about: 'Where tokens are kept', text: dataAtRestPage(report, trail) },
    {
      file: 'findings.md',
      about: 'Failures, warnings and reviews, each with its explanation',
      text: findingsPage(report),
    },
  ];
  const { app, run, verdict, summary, tool } = report;
  const overview = [
    `# Security review: ${inline(app.name, 120)}`,
    `**${RUN_VERDICTS[verdict].word}.** ${inline(summary, 1000)}`,
    `Recorded ${humanInstant(run.startedAt)} by ${tool.name} ${tool.version} as run ${inline(run.id, 80)}. The client is ${app.client}.`,
    '## Pages',
    [
      ...pages.map(({ file, about }) => `- [${file}](${file}): ${about}.`),
      '- `evidence/`: `report.json`, `history.jsonl` and `report.sig`, as the run signed them.',
    ].join('\n'),
    '## Verify it',
    'Run `sf-conformance verify evidence` in this folder. It names the key that signed, and whatever differs from what was signed.',
    ...(report.notGraded.length === 0
      ? []
      : ['## Not graded by this run', report.notGraded.map((text) => `- ${inline(text, 600)}`).join('\n')]),
  ].join('\n\n');
  return [{ file: 'README.md', text: `${overview}\n` }, ...pages.map(({ file, text }) => ({ file, text }))];
}
