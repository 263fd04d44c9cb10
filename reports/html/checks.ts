/** All checks by suite: what each one checks, what happened, the evidence, why, and how to mend it. */
import type { ReportCheck, ReportScenarioVerdict } from '../../src/grade/report.ts';
import { describeEvent } from '../evidence/describe.ts';
import { oneLine } from '../text/printable.ts';
import { VERDICTS, VERDICT_ORDER, count, tally, wordOf } from '../text/words.ts';
import type { PageContext } from './context.ts';
import { told } from './exchange.ts';
import { anchor, badge, markup, prose } from './markup.ts';
import type { Html } from './markup.ts';

export function checks(context: PageContext): Html {
  const suites = Map.groupBy(context.report.checks, (check) => check.suite);
  return markup`<section id="checks" aria-labelledby="checks-title">
    <h2 id="checks-title">Checks</h2>
    <p class="lead">
      One sentence of a standard each. Open one to see what was seen, on what it rests and how to mend it.
    </p>
    ${filter()} ${[...suites].map(([suite, members]) => section(suite, members, context))}
    <p id="nothing" class="empty" hidden>No check matches. <button type="button" data-query="">Show all</button></p>
  </section>`;
}

/** Works with the script only; without it, it stays hidden. */
function filter(): Html {
  const presets = [
    ['All', ''],
    ['Failed', 's:fail,error'],
    ['Not settled', 's:inconclusive,review,warn'],
    ['Passed', 's:pass'],
    ['MUST only', 'level:must'],
  ] as const;
  return markup`<form class="filter" role="search" id="filter" hidden>
    <label for="query">Filter checks</label>
    <input
      id="query"
      type="search"
      autocomplete="off"
      spellcheck="false"
      placeholder="s:fail level:must @races text !text"
      aria-describedby="filter-help"
    />
    <div class="presets">
      ${presets.map(([name, query]) => markup`<button type="button" data-query=${query} aria-pressed="false">${name}</button>`)}
      <button type="button" id="fold" aria-pressed="false">Open all</button>
    </div>
    <p id="filter-help" class="small muted">
      <code>s:</code> verdict, <code>level:</code> must, should or info, <code>@</code> suite, <code>!</code> not. Keys:
      <kbd>/</kbd> search, <kbd>f</kbd> failed, <kbd>p</kbd> passed, <kbd>a</kbd> all, <kbd>←</kbd>
      <kbd>→</kbd> previous and next. The address keeps the filter.
      <span id="found" role="status" aria-live="polite"></span>
    </p>
  </form>`;
}

function section(suite: string, members: readonly ReportCheck[], context: PageContext): Html {
  const counts: Readonly<Record<string, number>> = tally(members);
  const order = (check: ReportCheck): number => VERDICT_ORDER.indexOf(check.verdict);
  return markup`<section
    class="suite"
    id=${anchor('suite', suite)}
    data-suite=${suite}
    aria-labelledby=${anchor('suite-title', suite)}
  >
    <h3 id=${anchor('suite-title', suite)}>
      <code>${suite}</code>
      <span class="muted small">
        ${VERDICT_ORDER.filter((verdict) => (counts[verdict] ?? 0) > 0)
          .map((verdict) => `${String(counts[verdict])} ${VERDICTS[verdict].word.toLowerCase()}`)
          .join(' · ')}
      </span>
    </h3>
    ${members.toSorted((a, b) => order(a) - order(b)).map((check) => article(check, context))}
  </section>`;
}

function article(check: ReportCheck, context: PageContext): Html {
  const { tone } = VERDICTS[check.verdict];
  const open = check.verdict === 'fail' || check.verdict === 'error';
  return markup`<details
    class=${`check ${tone}`}
    id=${anchor('check', check.id)}
    open=${open}
    data-verdict=${check.verdict}
    data-level=${check.level}
    data-suite=${check.suite}
  >
    <summary>
      ${badge(check.verdict, wordOf(check))}<code class="id">${check.id}</code><span class="title">${oneLine(check.title, 240)}</span>
      <span class=${`level ${check.level === 'MUST' ? 'must' : ''}`}>${check.level}</span>
    </summary>
    <div class="body">${body(check, context)}</div>
  </details>`;
}

function body(check: ReportCheck, context: PageContext): Html {
  const { limits } = context;
  const long = limits.text * 6;
  return markup`
    ${part('What happened', markup`<div class="happened">${prose(check.message, long)}${blocked(check)}</div>`)}
    ${
      check.scenarios.length > 0 &&
      part(
        'Evidence',
        markup`<ul class="evidence">
          ${check.scenarios.slice(0, 40).map((scenario) => evidence(scenario, check, context))}
        </ul>`,
      )
    }
    ${check.diagnosis !== undefined && part('Why', prose(check.diagnosis, long))}
    ${check.remedy !== undefined && check.verdict !== 'pass' && part(check.verdict === 'fail' || check.verdict === 'warn' ? 'How to fix it' : 'Next step', markup`<div class="remedy">${prose(check.remedy, long)}</div>`)}
    ${part(
      'What it checks',
      markup`<p>${oneLine(check.title, 600).replace(/\.$/, '')}.${check.why !== undefined && markup` ${oneLine(check.why, long)}`}</p>
        ${sources(check)}`,
    )}
  `;
}

const part = (title: string, content: Html): Html =>
  markup`<div class="part">
    <h4>${title}</h4>
    <div>${content}</div>
  </div>`;

function blocked(check: ReportCheck): Html {
  return markup`
    ${
      check.blockedBy !== undefined &&
      markup`<p class="note">
        It cannot be told before <a href=${`#${anchor('check', check.blockedBy)}`}>${check.blockedBy}</a> is mended.
      </p>`
    }
    ${
      check.baseline !== undefined &&
      markup`<p class="note">
        Accepted by the baseline: ${oneLine(check.baseline.reason, 300)}${check.baseline.until === undefined ? '' : `, until ${oneLine(check.baseline.until, 40)}`}. It stays a failure.
      </p>`
    }
  `;
}

function sources(check: ReportCheck): Html {
  return markup`<p class="small muted">
    ${check.references.join(' · ')}${check.references.length > 0 && check.requirements.length > 0 && ' · '}
    ${check.requirements.map((id, index) => markup`${index > 0 && ' · '}<a href=${`#${anchor('requirement', id)}`}>${id}</a>`)}
  </p>`;
}

function evidence(scenario: ReportScenarioVerdict, check: ReportCheck, context: PageContext): Html {
  const things = Map.groupBy(scenario.evidence, (seq) => context.trail.exchangeOf(seq)?.request.seq ?? seq);
  const shown = [...things.values()].slice(0, 12);
  const rest = things.size - shown.length;
  const message = scenario.message === check.message ? undefined : scenario.message;
  return markup`<li>
    <p>
      ${badge(scenario.verdict)} in${' '}<a href=${`#${anchor('scenario', scenario.id)}`}>${scenario.id}</a>
      ${message !== undefined && `: ${oneLine(message, context.limits.text * 2)}`}
    </p>
    ${
      shown.length > 0 &&
      markup`<ol class="events">
        ${shown.map((seqs) => markup`<li>${eventLink(seqs, context)}</li>`)}
      </ol>`
    }
    ${rest > 0 && markup`<p class="small muted">and ${count(rest, 'more')}, listed in report.json</p>`}
  </li>`;
}

/** One link for all events of one exchange. */
function eventLink(seqs: readonly number[], { trail, selection }: PageContext): Html {
  const [seq = 0] = seqs;
  const event = trail.event(seq);
  if (event === undefined) return markup`<span class="muted">#${seq}, which this history does not hold</span>`;
  const exchange = trail.exchangeOf(seq);
  const text = exchange === undefined ? describeEvent(event) : told(exchange);
  const number = markup`<span class="seq">${seqs.map((one) => `#${String(one)}`).join(' ')}</span>`;
  return selection.shows(seq)
    ? markup`<a href=${`#${anchor('event', seq)}`}>${number} ${text}</a>`
    : markup`${number} ${text} <span class="small muted">(history.jsonl, line ${seq})</span>`;
}
