/** Where everything of a sequence diagram stands: a lane per connection, time downwards. Pure numbers and short texts. */
import type { Event } from '../../../src/history/event.ts';
import { describeAnswer, describeEvent, describeRequest } from '../../evidence/describe.ts';
import type { Overlap } from '../../evidence/families.ts';
import type { TrailExchange } from '../../evidence/trail.ts';
import { oneLine } from '../../text/printable.ts';
import { timeScale } from './time-scale.ts';

export interface Bar {
  readonly seq: number;
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  readonly tone: 'bad' | 'good' | 'plain';
  readonly shape: 'token' | 'other';
  readonly asked: string;
  readonly answered: string;
  /** The whole of it, not cut. */
  readonly title: string;
}

export interface Band {
  readonly top: number;
  readonly bottom: number;
  readonly text: string;
}

export interface Mark {
  readonly y: number;
  readonly text: string;
  readonly time: string;
}

export interface Diagram {
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly { readonly x: number; readonly name: string }[];
  readonly bars: readonly Bar[];
  readonly bands: readonly Band[];
  readonly marks: readonly Mark[];
  readonly ticks: readonly { readonly y: number; readonly text: string }[];
  /** Exchanges that found no room. */
  readonly left: number;
}

/** Pixels. */
const MARGIN = { left: 76, right: 14, top: 48, bottom: 22 };
const LANE = { widest: 210, narrowest: 138, bar: 12 };
const CHARACTER = 6.3;
const MOST = { bars: 32, lanes: 8, marks: 12 };

/** What stands between requests and explains them. */
const MARKED: ReadonlySet<Event['kind']> = new Set(['control', 'fault', 'family', 'process-end', 'phase']);

export function layOut(input: {
  readonly exchanges: readonly TrailExchange[];
  readonly others: readonly Event[];
  readonly overlaps: readonly Overlap[];
  readonly evidence: ReadonlySet<number>;
  /** Pixels that the lanes should share; default: those of the page. */
  readonly width?: number;
}): Diagram | undefined {
  const wanted = input.exchanges.filter(({ request }) => !request.browser || request.endpoint === 'authorize');
  const drawn = mostTelling(wanted, input.evidence);
  const names = [...new Set(drawn.map(laneName))].slice(0, MOST.lanes);
  const shown = drawn.filter((exchange) => names.includes(laneName(exchange)));
  if (shown.length === 0) return undefined;

  const lane = Math.max(LANE.narrowest, Math.min(LANE.widest, (input.width ?? 820) / names.length));
  const x = (exchange: TrailExchange): number => MARGIN.left + names.indexOf(laneName(exchange)) * lane + LANE.bar;
  const from = Math.min(...shown.map(({ request }) => request.begunAt));
  const to = Math.max(...shown.map(({ endedAt }) => endedAt));
  const marked = input.others
    .filter(
      (event) =>
        MARKED.has(event.kind) &&
        event.t >= from &&
        event.t <= to &&
        !(event.kind === 'family' && event.change === 'created'),
    )
    .slice(0, MOST.marks);
  const bands = input.overlaps.filter(({ from: begin, to: end }) => begin >= from && end <= to);
  const scale = timeScale({
    top: MARGIN.top,
    spans: shown.map((exchange) => ({
      lane: laneName(exchange),
      from: exchange.request.begunAt,
      to: exchange.endedAt,
    })),
    instants: marked.map(({ t }) => t),
    others: bands.flatMap((band) => [band.from, band.to]),
  });
  const room = Math.floor((lane - LANE.bar * 2 - 4) / CHARACTER);
  const seconds = (t: number): string => `${((t - from) / 1000).toFixed(3)} s`;
  return {
    width: MARGIN.left + names.length * lane + MARGIN.right,
    height: scale.height + MARGIN.bottom,
    lanes: names.map((name, index) => ({ name, x: MARGIN.left + index * lane + LANE.bar })),
    bars: shown.map((exchange) => ({
      seq: exchange.request.seq,
      x: x(exchange),
      top: scale.y(exchange.request.begunAt),
      bottom: scale.y(exchange.endedAt),
      tone: tone(exchange),
      shape: exchange.request.endpoint === 'token' ? 'token' : 'other',
      asked: cut(describeRequest(exchange.request).replace(/(GET|POST|PATCH|PUT|DELETE) .*\//, '$1 …/'), room),
      answered: cut(describeAnswer(exchange), room),
      title: `#${String(exchange.request.seq)} ${describeRequest(exchange.request)}, ${seconds(exchange.request.begunAt)} to ${seconds(exchange.endedAt)}: ${describeAnswer(exchange)}`,
    })),
    bands: bands.map((band) => ({
      top: scale.y(band.from),
      bottom: scale.y(band.to),
      text: `${band.label} twice at once, ${String(Math.round(band.to - band.from))} ms`,
    })),
    marks: marked.map((event) => ({
      y: scale.y(event.t),
      text: oneLine(describeEvent(event), 90),
      time: seconds(event.t),
    })),
    ticks: scale.ticks.map(({ t, y }) => ({ y, text: seconds(t) })),
    left: wanted.length - shown.length,
  };
}

/** Evidence first, then token requests, then the rest; in the order in which they came. */
function mostTelling(exchanges: readonly TrailExchange[], evidence: ReadonlySet<number>): readonly TrailExchange[] {
  const weight = ({ request, response }: TrailExchange): number =>
    evidence.has(request.seq) || (response !== undefined && evidence.has(response.seq))
      ? 0
      : request.endpoint === 'token'
        ? 1
        : 2;
  const chosen = new Set(exchanges.toSorted((a, b) => weight(a) - weight(b)).slice(0, MOST.bars));
  return exchanges.filter((exchange) => chosen.has(exchange)).toSorted((a, b) => a.request.begunAt - b.request.begunAt);
}

function laneName({ request }: TrailExchange): string {
  return request.browser ? 'Browser' : oneLine(request.connection, 12);
}

function tone({ response, rotation }: TrailExchange): Bar['tone'] {
  if (rotation !== undefined && ['reuse', 'dead', 'in-flight'].includes(rotation.outcome)) return 'bad';
  if (response?.delivered !== 'complete') return 'bad';
  return response.status < 400
    ? 'good'
    : response.endpoint === 'token' || response.endpoint === 'authorize'
      ? 'bad'
      : 'plain';
}

function cut(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, Math.max(1, room - 1)).toWellFormed()}…`;
}
