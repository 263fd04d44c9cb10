/** Renders the report as one self-contained page. */
import { causesOf } from '../evidence/causes.ts';
import { select } from '../evidence/selection.ts';
import type { Limits } from '../evidence/selection.ts';
import { createTrail } from '../evidence/trail.ts';
import type { RenderInput } from '../format.ts';
import { testResult } from '../integrity/attestation.ts';
import { oneLine } from '../text/printable.ts';
import { RUN_VERDICTS, count } from '../text/words.ts';
import { scriptOf } from './assets.ts';
import type { PageContext } from './context.ts';
import { renderDocument } from './document.ts';
import { aboutRun } from './about-run.ts';
import { failures } from './failures.ts';
import { filterForm } from './filter.ts';
import { calmGroups, openGroups } from './groups.ts';
import { incident } from './incident.ts';
import { createLater } from './later.ts';
import { markup } from './markup.ts';
import type { Html } from './markup.ts';
import { masthead } from './masthead.ts';
import { notGraded } from './not-graded.ts';
import { requirements } from './requirements.ts';
import { scenarios } from './scenarios.ts';
import { signatureLines } from './signature-lines.ts';
import { pageStyle } from './style.ts';

/** Size in bytes above which a page is rendered again with lower limits. */
const LARGEST = 1_500_000;

/** Limits to try in turn, from high to low. */
const LIMITS: readonly Limits[] = [
  { exchanges: 160, perScenario: 20, perCalmScenario: 4, lines: 1_000, text: 300 },
  { exchanges: 100, perScenario: 12, perCalmScenario: 2, lines: 400, text: 200 },
  { exchanges: 40, perScenario: 6, perCalmScenario: 1, lines: 100, text: 80 },
  { exchanges: 0, perScenario: 0, perCalmScenario: 0, lines: 40, text: 20 },
];

/** Renders `index.html`. */
export function renderPage({ report, history, digests }: RenderInput): string {
  const trail = createTrail(history);
  const causes = causesOf(report.checks);
  const attested = testResult(report, history.at(-1));
  let page = '';
  for (const limits of LIMITS) {
    const selection = select(report, trail, limits);
    page = render({ report, trail, limits, causes, selection, digests, attested, later: createLater() });
    if (Buffer.byteLength(page) <= LARGEST) break;
  }
  return page;
}

function render(context: PageContext): string {
  const { report } = context;
  const body = markup`
    <a class="skip" href="#main">Skip to the report</a>
    <div class="layout">
      ${navigation(context)}
      <main id="main">
        ${masthead(context)} ${filterForm()} ${failures(context)} ${openGroups(context)} ${requirements(context)}
        ${notGraded(context)} ${calmGroups(context)} ${scenarios(context)} ${incident(context)} ${aboutRun(context)}
        ${signatureLines()}
      </main>
    </div>
    <footer>
      Made by ${report.tool.name} ${report.tool.version}. Every token, code and secret is replaced by a label such as
      RT#3 and a salted fingerprint.
    </footer>
    <noscript><p class="note">Scripts are off: what is folded stays empty. All of it is in report.json and history.jsonl.</p></noscript>
  `;
  return renderDocument({
    title: `${oneLine(report.app.name, 80)}: ${RUN_VERDICTS[report.verdict].word.toLowerCase()}`,
    style: pageStyle(),
    script: scriptOf(new URL('./browser/main', import.meta.url)),
    data: context.later.json(),
    body,
  });
}

function navigation({ report, causes }: PageContext): Html {
  const has = (verdict: string): boolean =>
    report.checks.some((check) => check.verdict === verdict && check.blockedBy === undefined);
  const places: readonly (readonly [string, string, boolean])[] = [
    ['top', 'Verdict', true],
    ['failures', count(causes.length, 'cause'), causes.length > 0],
    ['blocked', 'Blocked', report.checks.some(({ blockedBy }) => blockedBy !== undefined)],
    ['open', 'Not exercised', has('inconclusive')],
    ['reviews', 'To review', has('review')],
    ['warnings', 'Warnings', has('warn')],
    ['requirements', 'The partner rule', true],
    ['not-graded', 'Not graded', true],
    ['calm', 'Everything else', true],
    ['scenarios', 'Scenarios', true],
    ['incident', 'If a token is reused', true],
    ['environment', 'Environment', true],
  ];
  return markup`<nav aria-label="Contents">
    <ul>
      ${places.filter(([, , shown]) => shown).map(([id, name]) => markup`<li><a href=${`#${id}`}>${name}</a></li>`)}
    </ul>
    <p class="tools" id="print-tools" hidden>
      <button type="button" data-print="certificate">Print</button>
      <button type="button" data-print="appendix">Print with evidence</button>
    </p>
  </nav>`;
}
