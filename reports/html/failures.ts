/** Renders the failures, grouped by cause: what happened, why it matters, how to fix it, and the evidence. */
import type { ReportCheck } from '../../src/grade/report.ts';
import type { Cause } from '../evidence/causes.ts';
import { LANGUAGE_NAMES, languageOf } from '../evidence/language.ts';
import { evidenceOf } from '../evidence/lines.ts';
import { fixFor, fixesFor } from '../fixes/fixes.ts';
import type { Fix } from '../fixes/fixes.ts';
import { VERDICTS, count } from '../text/words.ts';
import { assistantButton } from './assistant.ts';
import { check, eventLine, happened, part, scenarioEvidence, sources } from './checks.ts';
import type { PageContext } from './context.ts';
import { anchor, badge, line, markup, prose } from './markup.ts';
import type { Html } from './markup.ts';
import { scenarioRace } from './race/figure.ts';

/** Lines of evidence that are visible without opening. */
const FIRST_LINES = 3;

/** Renders the section; null when nothing failed. */
export function failures(context: PageContext): Html {
  const { causes } = context;
  if (causes.length === 0) return null;
  const failed = causes.reduce((sum, { also }) => sum + 1 + also.length, 0);
  return markup`<section id="failures" aria-labelledby="failures-title">
    <h2 id="failures-title">${count(failed, 'failure')}, ${count(causes.length, 'cause')}</h2>
    <p class="lead">Fix the first one first: what it blocks is judged only then.</p>
    ${causes.map((cause) => article(cause, context))}
  </section>`;
}

function article({ lead, also, blocked }: Cause, context: PageContext): Html {
  const { limits } = context;
  const long = limits.text * 6;
  return markup`<article class="cause" aria-labelledby=${anchor('cause', lead.id)}>
    <div
      class=${`check lead-check ${VERDICTS[lead.verdict].tone}`}
      id=${anchor('check', lead.id)}
      tabindex="-1"
      data-verdict=${lead.verdict}
      data-level=${lead.level}
      data-suite=${lead.suite}
    >
      <h3 id=${anchor('cause', lead.id)}>
        ${badge(lead.verdict)} <code class="id">${lead.id}</code> <span class="title">${line(lead.title, 240)}</span>
        <span class=${`level ${lead.level === 'MUST' ? 'must' : ''}`}>${lead.level}</span>
      </h3>
      ${part('What happened', happened(lead, long))}
      ${lead.why !== undefined && part('Why it matters', markup`<p>${line(lead.why, long)}</p>`)}
      ${part('Fix', fix(lead, context))} ${part('Evidence', evidence(lead, context))}
      ${picture(lead, context)} ${sources(lead)} ${assistantButton(lead, context)}
    </div>
    ${also.length > 0 && markup`<p class="also"><strong>The same cause</strong></p>`} ${also.map((one) => check(one, context))}
    ${blocked.length > 0 && markup`<p class="blocks"><a href=${`#${anchor('blocked', lead.id)}`}>${count(blocked.length, 'check')} blocked by this</a></p>`}
  </article>`;
}

/** Renders the fix in the language of the client where it is known; other languages are folded. */
function fix({ id, remedy, title }: ReportCheck, { trail, later, limits }: PageContext): Html {
  const language = languageOf(trail);
  const own = fixFor(id, language);
  const others = fixesFor(id).filter((other) => other !== own);
  return markup`<div class="remedy">${prose(remedy ?? title, limits.text * 6)}${own !== undefined && snippet(own)}</div>
    ${
      others.length > 0 &&
      markup`<details class="languages">
        <summary>${own === undefined ? 'As code' : 'In another language'}</summary>
        ${later.part(
          `languages:${id}`,
          others.map((other) => markup`<p class="muted">${LANGUAGE_NAMES[other.language]}</p>${snippet(other)}`),
        )}
      </details>`
    }`;
}

const snippet = ({ code }: Fix): Html => markup`<pre tabindex="0"><code>${code}</code></pre>`;

/** Renders the first lines; the complete evidence, by scenario, is folded. */
function evidence(one: ReportCheck, context: PageContext): Html {
  const [first] = one.scenarios.filter(({ verdict }) => verdict === 'fail');
  if (first === undefined) return markup`<p class="muted">None is recorded.</p>`;
  const lines = evidenceOf(first.evidence, context.trail);
  const all = one.scenarios.reduce((sum, scenario) => sum + evidenceOf(scenario.evidence, context.trail).length, 0);
  const shown = lines.slice(0, FIRST_LINES);
  return markup`<ol class="events">
      ${shown.map((item) => markup`<li>${eventLine(item, context)}</li>`)}
    </ol>
    ${
      all > shown.length &&
      markup`<details class="all-evidence">
        <summary>Show all ${all}</summary>
        ${context.later.part(
          `evidence:${one.id}`,
          markup`<ul class="evidence">${one.scenarios.map((scenario) => scenarioEvidence(scenario, one.message, context))}</ul>`,
        )}
      </details>`
    }`;
}

/** Renders the race in which the failure happened: the one with the fewest requests. */
function picture({ id, scenarios }: ReportCheck, context: PageContext): Html {
  for (const { id: scenario, verdict } of scenarios) {
    const trail = context.trail.scenarios.get(scenario);
    if (verdict !== 'fail' || trail === undefined) continue;
    const race = scenarioRace(trail, anchor('cause-race', id), context);
    if (race !== null) return race;
  }
  return null;
}
