/** What was done to the client, scenario by scenario: the diagram, the token chains, the exchanges. */
import type { ReportScenario } from '../../src/grade/report.ts';
import type { Event } from '../../src/history/event.ts';
import { describeEvent } from '../evidence/describe.ts';
import { familyChains, overlaps } from '../evidence/families.ts';
import { roundsOf } from '../evidence/rounds.ts';
import type { ShownScenario } from '../evidence/selection.ts';
import type { TrailExchange } from '../evidence/trail.ts';
import { oneLine, printable } from '../text/printable.ts';
import { count, humanDuration } from '../text/words.ts';
import { chain } from './chain.ts';
import type { PageContext } from './context.ts';
import { exchange } from './exchange.ts';
import { icon } from './icon.ts';
import { race } from './race.ts';
import { anchor, badge, markup } from './markup.ts';
import type { Html } from './markup.ts';
import { drawing } from './sequence/drawing.ts';
import { layOut } from './sequence/layout.ts';

export function scenarios(context: PageContext): Html {
  const { report, selection } = context;
  const inOrder = report.scenarios.toSorted(
    (a, b) => loudness(b, selection.scenarios.get(b.id)) - loudness(a, selection.scenarios.get(a.id)),
  );
  return markup`<section id="scenarios" aria-labelledby="scenarios-title">
    <h2 id="scenarios-title">Scenarios and evidence</h2>
    <p class="lead">
      What was done to the client, and everything that the verdicts rest on. Those where something failed come first and
      in full; of the others, only what is evidence. The whole is in history.jsonl.
    </p>
    ${inOrder.map((scenario) => section(scenario, context))}
  </section>`;
}

const loudness = (scenario: ReportScenario, shown: ShownScenario | undefined): number =>
  (shown?.failing === true ? 2 : 0) + (scenario.outcome === 'completed' ? 0 : 1);

function section(scenario: ReportScenario, context: PageContext): Html {
  const { report, selection } = context;
  const shown = selection.scenarios.get(scenario.id);
  const open = shown?.failing === true;
  const failed = report.checks.filter((check) =>
    check.scenarios.some(({ id, verdict }) => id === scenario.id && (verdict === 'fail' || verdict === 'error')),
  );
  const { schedules } = scenario;
  return markup`<details class="scenario" id=${anchor('scenario', scenario.id)} open=${open}>
    <summary>
      <span class="title">${oneLine(scenario.title, 200)}</span> <code>${scenario.id}</code>
      ${failed.length > 0 && badge('fail')}
      <span class="muted small">${oneLine(scenario.outcome, 40)} · ${humanDuration(scenario.durationMs)}</span>
    </summary>
    <div class="body">
      ${scenario.detail !== undefined && markup`<p class="note">${oneLine(scenario.detail, 600)}</p>`}
      ${
        failed.length > 0 &&
        markup`<p>Failed here: ${failed.map((check, index) => markup`${index > 0 && ', '}<a href=${`#${anchor('check', check.id)}`}>${check.id}</a>`)}</p>`
      }
      ${
        schedules !== undefined &&
        markup`<p>
          Schedules: ${schedules.explored} of ${schedules.of} explored, ${schedules.violating} of them violate a rule.
        </p>`
      }
      ${shown === undefined ? markup`<p class="muted">Nothing of it is in the history.</p>` : evidence(shown, scenario, context)}
    </div>
  </details>`;
}

function evidence(shown: ShownScenario, scenario: ReportScenario, context: PageContext): Html {
  const { trail, selection } = context;
  const whole = trail.scenarios.get(shown.id);
  const chains =
    whole === undefined
      ? []
      : familyChains(whole).filter(({ links }) => links.some(({ presentations }) => presentations.length > 0));
  const contested = chains.filter((family) => family.contested);
  const told = (contested.length > 0 ? contested : chains).slice(0, 6);
  const clashes = overlaps(chains);
  const rounds = whole === undefined || context.limits.exchanges === 0 ? [] : roundsOf(whole);
  const diagram =
    rounds.length > 0
      ? undefined
      : layOut({
          // Calls that no verdict rests on are part of the picture, while there is room for pictures.
          exchanges: context.limits.exchanges === 0 ? shown.exchanges : (whole?.exchanges ?? []),
          others: whole?.others ?? [],
          overlaps: clashes,
          evidence: selection.evidence,
        });
  const name = anchor('diagram', scenario.id);
  return markup`
    ${rounds.length > 0 && race(rounds, name, context)}
    ${
      diagram !== undefined &&
      markup`<figure>
        <figcaption>
          A lane for each connection, time downwards; long waits are squeezed. Bars last from the first byte of the
          request to the last of the answer.
          ${diagram.left > 0 && ` ${count(diagram.left, 'exchange')} without room here ${diagram.left === 1 ? 'is' : 'are'} in the list below.`}
          ${' '}The same in text is the list below it.
        </figcaption>
        <div class="scroll" tabindex="0" role="region" aria-label=${`Sequence diagram of ${scenario.id}`}>
          ${drawing(diagram, name, (seq) => selection.shows(seq), `Sequence of ${String(diagram.bars.length)} exchanges in ${scenario.id}${clashes.length > 0 ? `, ${count(clashes.length, 'overlap')} of one refresh token` : ''}`)}
        </div>
      </figure>`
    }
    ${clashes.slice(0, 8).map(
      (clash) =>
        markup`<p class="note bad">
            ${icon('alert')} ${clash.label} was under way twice for ${Math.round(clash.to - clash.from)} ms:
            exchanges${' '}${clash.exchanges[0]} and ${clash.exchanges[1]}.
          </p>`,
    )}
    ${told.map((family) => chain(family, context))}
    ${
      shown.exchanges.length + shown.others.length > 0 &&
      markup`<h3>Exchanges and events</h3>
        <div class="timeline">
          ${timeline(shown).map((item) => ('exchange' in item && 'request' in item ? exchange(item, context) : event(item, context)))}
        </div>`
    }
    <p class="small muted">
      ${
        shown.hiddenExchanges + shown.hiddenEvents === 0
          ? 'This is all of it.'
          : `Not shown: ${count(shown.hiddenExchanges, 'exchange')} and ${count(shown.hiddenEvents, 'other event')} that no verdict rests on.`
      }
    </p>
  `;
}

function timeline({ exchanges, others }: ShownScenario): readonly (TrailExchange | Event)[] {
  const at = (item: TrailExchange | Event): number => ('request' in item ? item.request.seq : item.seq);
  return [...exchanges, ...others].toSorted((a, b) => at(a) - at(b));
}

function event(item: Event, { limits, selection }: PageContext): Html {
  const lines = item.kind === 'output' ? item.lines.slice(0, 12).map((line) => oneLine(line, limits.text)) : [];
  return markup`<div class="event" id=${anchor('event', item.seq)}>
    <span class="seq">#${item.seq}</span><span class="what">${printable(describeEvent(item), limits.text * 2)}</span>
    ${selection.evidence.has(item.seq) && markup`<span class="tag">evidence</span>`}
    ${lines.length > 0 && markup`<pre tabindex="0"><code>${lines.join('\n')}</code></pre>`}
  </div>`;
}
