/** Renders "Copy for an AI assistant": a button for each failure, and the Markdown that it copies. */
import type { ReportCheck } from '../../src/grade/report.ts';
import { brief } from '../evidence/brief.ts';
import type { PageContext } from './context.ts';
import { markup } from './markup.ts';
import type { Html } from './markup.ts';

/** Renders the button; it is hidden until the page's script runs. */
export function assistantButton(check: ReportCheck, { report, trail, later }: PageContext): Html {
  const name = `brief:${check.id}`;
  later.text(name, brief(check, report, trail));
  return markup`<p class="tools"><button type="button" data-copy=${name}>Copy for an AI assistant</button></p>`;
}
