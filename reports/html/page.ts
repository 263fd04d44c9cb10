/** The report as one page. */
import { createTrail } from '../evidence/trail.ts';
import { select } from '../evidence/selection.ts';
import type { Limits } from '../evidence/selection.ts';
import type { RenderInput } from '../format.ts';
import { oneLine } from '../text/printable.ts';
import { RUN_VERDICTS, tally } from '../text/words.ts';
import { scriptOf } from './assets.ts';
import { checks } from './checks.ts';
import type { PageContext } from './context.ts';
import { renderDocument } from './document.ts';
import { environment } from './environment.ts';
import { icon } from './icon.ts';
import { incident } from './incident.ts';
import { anchor, markup } from './markup.ts';
import type { Html } from './markup.ts';
import { masthead } from './masthead.ts';
import { requirements } from './requirements.ts';
import { scenarios } from './scenarios.ts';
import { pageStyle } from './style.ts';
import { untested } from './untested.ts';

/** Bytes; a page above it is made again with less evidence. */
const LARGEST = 3_000_000;

/** From generous to spare. */
const LIMITS: readonly Limits[] = [
  { exchanges: 400, perScenario: 60, text: 300 },
  { exchanges: 150, perScenario: 24, text: 200 },
  { exchanges: 40, perScenario: 8, text: 80 },
  { exchanges: 0, perScenario: 0, text: 20 },
];

export function renderPage({ report, history }: RenderInput): string {
  const trail = createTrail(history);
  let page = '';
  for (const limits of LIMITS) {
    page = render({ report, trail, limits, selection: select(report, trail, limits) });
    if (Buffer.byteLength(page) <= LARGEST) break;
  }
  return page;
}

function render(context: PageContext): string {
  const { report } = context;
  return renderDocument({
    title: `${oneLine(report.app.name, 80)}: ${RUN_VERDICTS[report.verdict].word.toLowerCase()}`,
    style: pageStyle(),
    script: scriptOf(new URL('./browser/main', import.meta.url)),
    body: markup`
      <a class="skip" href="#main">Skip to the report</a>
      <div class="layout">
        ${navigation(context)}
        <main id="main">
          ${masthead(context)} ${requirements(context)} ${checks(context)} ${untested(context)} ${incident()}
          ${scenarios(context)} ${environment(context)}
        </main>
      </div>
      <footer>
        Made by ${report.tool.name} ${report.tool.version}. Every token, code and secret is replaced by a label such as
        RT#3 and a salted fingerprint.
      </footer>
    `,
  });
}

function navigation({ report }: PageContext): Html {
  const suites = Map.groupBy(report.checks, ({ suite }) => suite);
  return markup`<nav aria-label="Contents">
    <ul>
      <li><a href="#top">Verdict</a></li>
      <li><a href="#requirements">The partner rule</a></li>
      <li>
        <a href="#checks">Checks</a>
        <ul>
          ${[...suites].map(([suite, members]) => {
            const counts = tally(members);
            const bad = counts.fail + counts.error;
            return markup`<li>
              <a href=${`#${anchor('suite', suite)}`}
                >${suite}${bad > 0 && markup` <span class="count bad">${icon('fail')}${bad}<span class="sr"> failed</span></span>`}</a
              >
            </li>`;
          })}
        </ul>
      </li>
      <li><a href="#untested">What was not tested</a></li>
      <li><a href="#incident">If a token is reused</a></li>
      <li><a href="#scenarios">Scenarios and evidence</a></li>
      <li><a href="#environment">Environment</a></li>
    </ul>
  </nav>`;
}
