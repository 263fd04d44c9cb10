/** Lays out the picture of a race: a lane for each caller, time to the right. Pure numbers and short texts. */
import { describeAnswer, describeEvent, describeRequest } from '../../evidence/describe.ts';
import type { Race } from '../../evidence/race.ts';
import { answered, asked } from '../../evidence/race-words.ts';
import type { TrailExchange } from '../../evidence/trail.ts';
import { count } from '../../text/words.ts';
import { timeScale } from './time-scale.ts';

/** An exchange in the picture; coordinates in pixels. */
export interface Bar {
  readonly seq: number;
  readonly left: number;
  readonly right: number;
  /** Vertical middle of the lane. */
  readonly y: number;
  readonly tone: 'bad' | 'good' | 'plain';
  readonly asked: string;
  readonly answered: string;
  /** Request and answer in full, with times. */
  readonly title: string;
}

/** The laid-out picture of a race, drawn by `drawing`; coordinates in pixels. */
export interface Diagram {
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly { readonly y: number; readonly name: string }[];
  readonly bars: readonly Bar[];
  readonly band: { readonly left: number; readonly right: number; readonly text: string };
  /** Harness events, numbered for the list below the picture. */
  readonly marks: readonly { readonly x: number; readonly number: number; readonly text: string }[];
  readonly ticks: readonly { readonly x: number; readonly text: string }[];
}

/** Sizes in pixels. */
const SIZE = { name: 76, top: 34, lane: 58, bottom: 30, right: 56, character: 6.7 };
const MOST_MARKS = 12;

/** Lays out a race. */
export function layOut(race: Race): Diagram {
  const bars = race.lanes.flatMap(({ exchanges }, lane) => exchanges.map((exchange) => ({ lane, exchange })));
  const start = Math.min(...bars.map(({ exchange }) => exchange.request.begunAt));
  const marks = race.harness.slice(0, MOST_MARKS);
  const scale = timeScale(
    SIZE.name + 8,
    bars.map(({ lane, exchange }) => ({
      lane,
      from: exchange.request.begunAt,
      to: exchange.endedAt,
      least: widest(asked(exchange), answered(exchange)),
    })),
    [...marks.map(({ t }) => t), race.band.from, race.band.to],
  );
  const since = (t: number): string => `${String(Math.round((t - start) * 10) / 10)} ms`;
  const y = (lane: number): number => SIZE.top + lane * SIZE.lane + SIZE.lane / 2;
  const band = { left: scale.x(race.band.from), right: scale.x(race.band.to) };
  const text = `${race.label} in use by ${count(race.overlapping.length, 'request')}`;
  return {
    width: Math.max(scale.width, band.left + widest(text)) + SIZE.right,
    height: SIZE.top + race.lanes.length * SIZE.lane + SIZE.bottom,
    lanes: race.lanes.map(({ name }, lane) => ({ name, y: y(lane) })),
    bars: bars.map(({ lane, exchange }) => ({
      seq: exchange.request.seq,
      left: scale.x(exchange.request.begunAt),
      right: scale.x(exchange.endedAt),
      y: y(lane),
      tone: toneOf(exchange),
      asked: asked(exchange),
      answered: answered(exchange),
      title: `#${String(exchange.request.seq)} ${describeRequest(exchange.request)}, ${since(exchange.request.begunAt)} to ${since(exchange.endedAt)}: ${describeAnswer(exchange)}`,
    })),
    band: { ...band, text },
    marks: marks.map((event, index) => ({ x: scale.x(event.t), number: index + 1, text: describeEvent(event) })),
    ticks: scale.ticks.map(({ t, x }) => ({ x, text: since(t) })),
  };
}

const widest = (...texts: readonly string[]): number =>
  Math.max(...texts.map(({ length }) => length)) * SIZE.character + 4;

function toneOf({ request, response, rotation }: TrailExchange): Bar['tone'] {
  if (response?.delivered !== 'complete') return 'bad';
  if (request.facts.kind !== 'token') return response.status < 400 ? 'good' : 'plain';
  return rotation?.outcome === 'rotated' || response.status < 400 ? 'good' : 'bad';
}
