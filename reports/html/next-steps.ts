/** Renders what to do next as a few sentences at the top of the page. */
import { line, markup } from './markup.ts';
import type { PageContext } from './context.ts';
import type { Html } from './markup.ts';
import { deciding } from '../text/words.ts';

/** Renders the list; null when there is nothing to do. */
export function nextSteps({ report, causes }: PageContext): Html {
  const steps = report.verdict === 'non-compliant' ? fixing(causes) : completing(report);
  if (steps.length === 0) return null;
  return markup`<section class="next" aria-labelledby="next-title">
    <h2 id="next-title">What to do next</h2>
    <ol>
      ${steps.map((step) => markup`<li>${line(step, 600)}</li>`)}
    </ol>
  </section>`;
}

function fixing(causes: PageContext['causes']): readonly string[] {
  const [first] = causes;
  if (first === undefined) return [];
  const { lead, also, blocked } = first;
  const ids = [lead, ...also].map(({ id }) => id);
  const pattern = ids.length === 1 ? `^${lead.id}$` : `^(${ids.join('|')})$`;
  const again = `Run ${ids.length === 1 ? 'that check' : 'those checks'} again: \`sf-conformance run --grep '${pattern}'\`.`;
  const whole =
    blocked.length > 0 ? 'Then run everything: what it blocks is judged only then.' : 'Then run everything.';
  return [lead.remedy === undefined ? `Fix ${lead.id}.` : `Fix ${lead.id}. ${lead.remedy}`, `${again} ${whole}`];
}

/** Returns what is missing from a run without failures. */
function completing({ verdict, checks, requirements }: PageContext['report']): readonly string[] {
  if (verdict === 'partial') return ['Run everything: `sf-conformance run` without `--suite`, `--grep` and `--shard`.'];
  const open = verdict === 'compliant' ? [] : deciding(checks);
  const review = requirements.filter((requirement) => requirement.verdict === 'review');
  const suites = new Map(checks.map(({ id, suite }) => [id, suite]));
  const bySettings = ({ checks: ids }: (typeof review)[number]): boolean =>
    ids.length > 0 && ids.every((id) => suites.get(id) === 'settings');
  const settings = review.some(bySettings);
  const attest = review.filter((requirement) => !bySettings(requirement));
  return [
    ...open.slice(0, 2).flatMap(({ id, remedy }) => (remedy === undefined ? [] : [`${id}: ${remedy}`])),
    ...(settings ? ['Add `app.metadata` to the configuration, so that the settings of the app are graded too.'] : []),
    ...(attest.length > 0
      ? [
          `Have a person confirm what no test can show, under \`attestations\`: ${attest.map(({ id }) => id).join(', ')}.`,
        ]
      : []),
    ...(checks.some((check) => check.verdict === 'review') ? ['Look at what is marked for review below.'] : []),
  ];
}
