/** A race under the schedule that broke the client, next to one that did not. */
import { familyChains, overlaps } from '../evidence/families.ts';
import type { Round } from '../evidence/rounds.ts';
import { count } from '../text/words.ts';
import type { PageContext } from './context.ts';
import { icon } from './icon.ts';
import { markup } from './markup.ts';
import type { Html } from './markup.ts';
import { drawing } from './sequence/drawing.ts';
import { layOut } from './sequence/layout.ts';

/** The first lost round and the kept one that is most like it; `name` begins the ids of the drawings. */
export function race(rounds: readonly Round[], name: string, context: PageContext): Html {
  const lost = rounds.find(({ kept }) => !kept);
  const kept = rounds.filter((round) => round.kept);
  const like = kept.find(({ commit }) => lost === undefined || commit.length === lost.commit.length) ?? kept[0];
  const lostOnes = rounds.length - kept.length;
  const shown =
    lost === undefined
      ? 'One of them:'
      : like === undefined
        ? 'One that lost it; none kept it:'
        : 'One that lost it, next to one that kept it:';
  return markup`<div>
    <p>
      ${`${count(rounds.length, 'order')} of the same race ${rounds.length === 1 ? 'was' : 'were'} played: ${String(kept.length)} ended with a connection that works, ${String(lostOnes)} without. ${shown}`}
    </p>
    <div class="race">
      ${lost !== undefined && figure(lost, `${name}-lost`, context)}
      ${like !== undefined && figure(like, `${name}-kept`, context)}
    </div>
  </div>`;
}

function figure(round: Round, name: string, { trail, selection }: PageContext): Html {
  const scenario = trail.scenarios.get(round.exchanges[0]?.scenario ?? '');
  const clashes =
    scenario === undefined
      ? []
      : overlaps(familyChains({ ...scenario, exchanges: round.exchanges, others: round.others }));
  const diagram = layOut({
    exchanges: round.exchanges,
    others: round.others.filter((event) => event.kind !== 'phase' || event.phase === 'probe'),
    overlaps: clashes,
    evidence: selection.evidence,
    width: 400,
  });
  if (diagram === undefined) return null;
  const orders = `carried out in the order ${round.commit.join(', ')}, answered in the order ${round.answer.join(', ')}`;
  const outcome = round.kept ? 'the connection was kept' : 'the connection was lost';
  return markup`<figure class=${round.kept ? 'good' : 'bad'}>
    <figcaption>
      <strong>${icon(round.kept ? 'pass' : 'fail')} Order ${round.number}: ${outcome}</strong>
      ${count(round.commit.length, 'refresh', 'refreshes')} with one token, ${orders}.
    </figcaption>
    <div class="scroll" tabindex="0" role="region" aria-label=${`Sequence diagram of order ${String(round.number)}, ${outcome}`}>
      ${drawing(diagram, name, (seq) => selection.shows(seq), `Order ${String(round.number)}, ${orders}: ${outcome}`)}
    </div>
    <details class="told">
      <summary>The same in text</summary>
      <ol>
        ${diagram.bars.map(({ title }) => markup`<li>${title}</li>`)}
      </ol>
    </details>
  </figure>`;
}
