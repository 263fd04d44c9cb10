/** Renders the scenarios, a line each: the race, the token chains, the exchanges. */
import type { ReportScenario } from '../../src/grade/report.ts';
import type { Event } from '../../src/history/event.ts';
import { describeEvent } from '../evidence/describe.ts';
import { familyChains } from '../evidence/families.ts';
import { roundsOf } from '../evidence/rounds.ts';
import type { ShownScenario } from '../evidence/selection.ts';
import type { ScenarioTrail, TrailExchange } from '../evidence/trail.ts';
import { oneLine, printable } from '../text/printable.ts';
import { count, humanDuration } from '../text/words.ts';
import { chain } from './chain.ts';
import type { PageContext } from './context.ts';
import { exchange } from './exchange.ts';
import { anchor, badge, line, markup } from './markup.ts';
import type { Html } from './markup.ts';
import { raceRounds, scenarioRace } from './race/figure.ts';

/** Most token chains of one scenario. */
const MOST_CHAINS = 6;

/** Renders the section; each scenario is built when it is opened. */
export function scenarios(context: PageContext): Html {
  const { report, selection } = context;
  const inOrder = report.scenarios.toSorted(
    (a, b) => loudness(b, selection.scenarios.get(b.id)) - loudness(a, selection.scenarios.get(a.id)),
  );
  return markup`<section id="scenarios" aria-labelledby="scenarios-title">
    <h2 id="scenarios-title">Scenarios and evidence</h2>
    <p class="lead">
      What was done to the client, and what the verdicts rest on. Scenarios in which something failed come first. The
      whole record is history.jsonl.
    </p>
    <div class="lines">${inOrder.map((scenario) => section(scenario, context))}</div>
  </section>`;
}

const loudness = (scenario: ReportScenario, shown: ShownScenario | undefined): number =>
  (shown?.failing === true ? 2 : 0) + (scenario.outcome === 'completed' ? 0 : 1);

function section(scenario: ReportScenario, context: PageContext): Html {
  const { report, later } = context;
  const failed = report.checks.filter((check) =>
    check.scenarios.some(({ id, verdict }) => id === scenario.id && (verdict === 'fail' || verdict === 'error')),
  );
  return markup`<details class="scenario" id=${anchor('scenario', scenario.id)}>
    <summary>
      <span class="title">${line(scenario.title, 200)}</span> <code class="small">${oneLine(scenario.id, 80)}</code>
      ${failed.length > 0 && badge('fail')}
      <span class="muted small nowrap duration">${scenario.outcome === 'completed' ? '' : `${oneLine(scenario.outcome, 40)} · `}${humanDuration(scenario.durationMs)}</span>
    </summary>
    ${later.part(
      `scenario:${scenario.id}`,
      body(
        scenario,
        failed.map(({ id }) => id),
        context,
      ),
    )}
  </details>`;
}

function body(scenario: ReportScenario, failed: readonly string[], context: PageContext): Html {
  const { schedules, detail } = scenario;
  const shown = context.selection.scenarios.get(scenario.id);
  const whole = context.trail.scenarios.get(scenario.id);
  return markup`
    ${detail !== undefined && markup`<p class="note">${line(detail, 600)}</p>`}
    ${
      failed.length > 0 &&
      markup`<p>Failed here: ${failed.map((id, index) => markup`${index > 0 && ', '}<a href=${`#${anchor('check', id)}`}>${id}</a>`)}</p>`
    }
    ${
      schedules !== undefined &&
      markup`<p>
        ${`Schedules: ${String(schedules.explored)} of ${String(schedules.of)} explored, ${String(schedules.violating)} of them ${schedules.violating === 1 ? 'violates' : 'violate'} a rule.`}
      </p>`
    }
    ${shown === undefined || whole === undefined ? markup`<p class="muted">The history holds nothing of it.</p>` : evidence(shown, whole, context)}
  `;
}

function evidence(shown: ShownScenario, whole: ScenarioTrail, context: PageContext): Html {
  const withPictures = context.limits.exchanges > 0;
  const rounds = withPictures ? roundsOf(whole) : [];
  const name = anchor('race', shown.id);
  const chains = familyChains(whole).filter(({ links }) => links.some(({ uses }) => uses.length > 0));
  const contested = chains.filter((family) => family.contested);
  const drawn = contested.length > 0 ? contested : chains;
  const hidden = shown.hiddenExchanges + shown.hiddenEvents;
  return markup`
    ${rounds.length > 0 ? raceRounds(rounds, name, context) : withPictures && scenarioRace(whole, name, context)}
    ${drawn.slice(0, MOST_CHAINS).map((family) => chain(family, context))}
    ${drawn.length > MOST_CHAINS && markup`<p class="small muted">and ${count(drawn.length - MOST_CHAINS, 'further token family', 'further token families')}</p>`}
    ${
      shown.exchanges.length + shown.others.length > 0 &&
      markup`<h3>Exchanges and events</h3>
        <div class="timeline">
          ${timeline(shown).map((item) => ('exchange' in item && 'request' in item ? exchange(item, context) : event(item, context)))}
        </div>`
    }
    <p class="small muted">
      ${
        hidden === 0
          ? 'This is all of it.'
          : `Also in history.jsonl: ${count(shown.hiddenExchanges, 'exchange')} and ${count(shown.hiddenEvents, 'other event')} of this scenario.`
      }
    </p>
  `;
}

function timeline({ exchanges, others }: ShownScenario): readonly (TrailExchange | Event)[] {
  const at = (item: TrailExchange | Event): number => ('request' in item ? item.request.seq : item.seq);
  return [...exchanges, ...others].toSorted((a, b) => at(a) - at(b));
}

function event(item: Event, { limits, selection }: PageContext): Html {
  const lines = item.kind === 'output' ? item.lines.slice(0, 12).map((text) => oneLine(text, limits.text)) : [];
  return markup`<div class="event" id=${anchor('event', item.seq)}>
    <span class="seq">#${item.seq}</span><span class="what">${printable(describeEvent(item), limits.text * 2)}</span>
    ${selection.evidence.has(item.seq) && markup`<span class="tag">evidence</span>`}
    ${lines.length > 0 && markup`<pre tabindex="0"><code>${lines.join('\n')}</code></pre>`}
  </div>`;
}
