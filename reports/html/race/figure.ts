/** Renders a race: the picture, its story, its legend and the same in text. */
import { raceOf } from '../../evidence/race.ts';
import type { Race } from '../../evidence/race.ts';
import { raceStory } from '../../evidence/race-story.ts';
import type { Round } from '../../evidence/rounds.ts';
import type { ScenarioTrail } from '../../evidence/trail.ts';
import { count, sequence } from '../../text/words.ts';
import type { PageContext } from '../context.ts';
import { icon } from '../icon.ts';
import { markup } from '../markup.ts';
import type { Html } from '../markup.ts';
import { drawing } from './drawing.ts';
import { layOut } from './layout.ts';

/** Renders the race of a scenario; null when no requests overlapped. `name` is the prefix of the ids in the picture. */
export function scenarioRace(scenario: ScenarioTrail, name: string, context: PageContext): Html {
  const race = raceOf(scenario);
  return race === undefined ? null : raceFigure(race, name, context);
}

/** Renders the first order of a race in which the connection was lost, and the most similar one in which it was kept. */
export function raceRounds(rounds: readonly Round[], name: string, context: PageContext): Html {
  const lost = rounds.find(({ kept }) => !kept);
  const kept = rounds.filter((round) => round.kept);
  const like = kept.find(({ commit }) => lost === undefined || commit.length === lost.commit.length) ?? kept[0];
  const lostOnes = rounds.length - kept.length;
  return markup`<div class="rounds">
    <p>
      ${`The race was run in ${count(rounds.length, 'order')}: ${String(kept.length)} ended with a connection that works, ${String(lostOnes)} without.`}
    </p>
    ${lost !== undefined && roundFigure(lost, `${name}-lost`, context)}
    ${like !== undefined && roundFigure(like, `${name}-kept`, context)}
  </div>`;
}

function roundFigure(round: Round, name: string, context: PageContext): Html {
  const race = raceOf(round);
  const outcome = round.kept ? 'the connection was kept' : 'the connection was lost';
  return markup`<div class=${round.kept ? 'good' : 'bad'}>
    <p class="order"><strong>${icon(round.kept ? 'pass' : 'fail')} Order ${round.number}: ${outcome}</strong></p>
    <p class="small muted">
      ${`Carried out in the order ${sequence(round.commit.map(String))}, answered in the order ${sequence(round.answer.map(String))}.`}
    </p>
    ${race === undefined ? markup`<p>The client sent one refresh.</p>` : raceFigure(race, name, context)}
  </div>`;
}

function raceFigure(race: Race, name: string, { selection }: PageContext): Html {
  const diagram = layOut(race);
  const story = raceStory(race);
  return markup`<figure class="race">
    <figcaption>${story.join(' ')}</figcaption>
    <div class="scroll" tabindex="0" role="region" aria-label=${`Picture of the race for ${race.label}: ${name.replaceAll('-', ' ')}`}>
      ${drawing(diagram, name, (seq) => selection.shows(seq), story.join(' '))}
    </div>
    <ul class="legend" aria-label="Legend">
      <li><span class="swatch good"></span>answered with success</li>
      <li><span class="swatch bad"></span>refresh refused or not answered</li>
      <li><span class="swatch plain"></span>call refused</li>
      <li><span class="swatch band"></span>one refresh token in use more than once</li>
      <li>time runs to the right, long waits are shortened</li>
      ${race.left > 0 && markup`<li>${count(race.left, 'later request')} not shown</li>`}
    </ul>
    ${
      diagram.marks.length > 0 &&
      markup`<details class="what-test-did">
        <summary>Show what the test did</summary>
        <ol>
          ${diagram.marks.map(({ text }) => markup`<li>${text}</li>`)}
        </ol>
      </details>`
    }
    <details>
      <summary>The same in text</summary>
      <ol class="in-text">
        ${race.lanes.map(({ name: lane }, index) => markup`<li>${lane}: ${sequence(titles(diagram, index))}</li>`)}
      </ol>
    </details>
  </figure>`;
}

/** Returns full descriptions of the requests in one lane. */
function titles({ bars, lanes }: ReturnType<typeof layOut>, lane: number): readonly string[] {
  return bars.filter(({ y }) => y === lanes[lane]?.y).map(({ title }) => title);
}
