/** Finds races of refreshes in the history: which client request did what while one refresh token was in use. */
import type { Event } from '../../src/history/event.ts';
import { familyChains } from './families.ts';
import type { TokenUse } from './families.ts';
import type { ScenarioTrail, TrailExchange } from './trail.ts';

/** Requests of one caller that follow each other: a call that was refused, its refresh, its next attempt. */
export interface RaceLane {
  readonly name: string;
  /** Ordered by time; no two overlap. */
  readonly exchanges: readonly TrailExchange[];
}

/** A race of refreshes with one token, found by `raceOf` for pictures, diagrams and stories. */
export interface Race {
  /** Label of the refresh token that several requests sent: `RT#12`. */
  readonly label: string;
  readonly lanes: readonly RaceLane[];
  /** Refreshes with this token that were in progress at the same time. */
  readonly overlapping: readonly TrailExchange[];
  /** The time during which more than one of them was in progress, in milliseconds since the run began. */
  readonly band: { readonly from: number; readonly to: number };
  /** Events of the harness between the first request and the last. */
  readonly harness: readonly Event[];
  /** Number of requests of the race that no lane shows. */
  readonly left: number;
  /** Why the token family was revoked during the race; undefined when it was not. */
  readonly revoked: string | undefined;
}

const MOST = { lanes: 8, inLane: 4, uses: 400 };
/** Kinds of harness events that explain what the client experienced. */
const TELLING: ReadonlySet<Event['kind']> = new Set(['control', 'fault', 'family', 'process-end']);

/** Returns the first race of a scenario in which requests overlapped; undefined when none did. */
export function raceOf(scenario: Pick<ScenarioTrail, 'exchanges' | 'others'>): Race | undefined {
  const contest = firstContest(scenario);
  const [first, second] = contest?.cluster ?? [];
  if (contest === undefined || first === undefined || second === undefined) return undefined;
  const { label, family, cluster } = contest;

  const from = raceBegins(scenario.others, first.request.seq);
  const to = raceEnds(scenario, first.request.seq);
  const around = scenario.exchanges.filter(
    ({ request }) => request.seq > from && request.seq < to && isOfClient(request),
  );
  const drawn = cluster.slice(0, MOST.lanes);
  const lanes = drawn.map((refresh, index) => ({ name: `Client ${String(index + 1)}`, exchanges: [refresh] }));
  const placed = new Set<TrailExchange>(drawn);
  addRefusedCalls(lanes, around, first);
  addFollowing(lanes, around, placed);
  const shown = lanes.flatMap(({ exchanges }) => exchanges);
  const last = Math.max(...shown.map(({ endedAt }) => endedAt));
  const start = Math.min(...shown.map(({ request }) => request.begunAt));
  return {
    label,
    lanes,
    overlapping: cluster,
    band: { from: second.request.begunAt, to: secondToLast(cluster.map(({ endedAt }) => endedAt)) },
    harness: scenario.others.filter(({ kind, t }) => TELLING.has(kind) && t >= start && t <= last),
    left: around.length - shown.filter((exchange) => around.includes(exchange)).length,
    revoked: revocation(scenario.others, family, to),
  };
}

interface Contest {
  readonly label: string;
  readonly family: string;
  /** Ordered by time; all were in progress at the same moment. */
  readonly cluster: readonly TrailExchange[];
}

/** Finds the earliest overlapping uses of one valid refresh token. */
function firstContest(scenario: Pick<ScenarioTrail, 'exchanges' | 'others'>): Contest | undefined {
  const byExchange = new Map(scenario.exchanges.map((one) => [one.exchange, one]));
  const contests = familyChains(scenario).flatMap(({ family, links }) =>
    links.flatMap(({ label, uses }): Contest[] => {
      const cluster = overlapping(uses).flatMap(({ exchange }) => byExchange.get(exchange) ?? []);
      const valid = cluster.some(({ rotation }) => rotation?.outcome === 'rotated');
      return valid && cluster.length > 1 ? [{ label, family, cluster }] : [];
    }),
  );
  return contests.sort((a, b) => (a.cluster[0]?.request.seq ?? 0) - (b.cluster[0]?.request.seq ?? 0))[0];
}

/** Returns the uses that were in progress at the moment with the most concurrent uses. */
function overlapping(uses: readonly TokenUse[]): readonly TokenUse[] {
  const ordered = uses.slice(0, MOST.uses).toSorted((a, b) => a.begunAt - b.begunAt);
  const together = ordered.map(({ begunAt }) =>
    ordered.filter((other) => other.begunAt <= begunAt && other.endedAt > begunAt),
  );
  const most = Math.max(...together.map(({ length }) => length));
  return most > 1 ? (together.find(({ length }) => length === most) ?? []) : [];
}

/** Returns when the race begins: at the session expiry that made the calls refresh. */
function raceBegins(others: readonly Event[], seq: number): number {
  const expiry = others.findLast(
    (event) => event.seq < seq && event.kind === 'control' && event.action === 'expire-access-tokens',
  );
  return expiry?.seq ?? 0;
}

/** Returns when the race ends: at the next phase of the scenario or the next login. */
function raceEnds({ exchanges, others }: Pick<ScenarioTrail, 'exchanges' | 'others'>, seq: number): number {
  const phase = others.find((event) => event.kind === 'phase' && event.seq > seq)?.seq ?? Infinity;
  const login = exchanges.find(
    ({ request }) => request.seq > seq && request.facts.kind === 'token' && request.facts.code !== null,
  );
  return Math.min(phase, login?.request.seq ?? Infinity);
}

const isOfClient = ({ browser, facts }: TrailExchange['request']): boolean => !browser && facts.kind !== 'authorize';

const isRefresh = ({ request }: TrailExchange): boolean => request.facts.kind === 'token';

interface OpenLane {
  readonly name: string;
  readonly exchanges: TrailExchange[];
}

/** Adds a call that was answered 401 before each refresh: the call answered first is assigned to the first refresh. */
function addRefusedCalls(lanes: readonly OpenLane[], around: readonly TrailExchange[], first: TrailExchange): void {
  const refused = around
    .filter(({ request, response, endedAt }) => {
      const before = endedAt <= first.request.begunAt;
      return before && request.endpoint === 'resource' && response?.status === 401;
    })
    .toSorted((a, b) => a.endedAt - b.endedAt || a.request.seq - b.request.seq);
  lanes.forEach((lane, index) => {
    const call = refused[index];
    if (call !== undefined) lane.exchanges.unshift(call);
  });
}

/** Continues each lane with the next request its caller may have sent: a call after new tokens, a refresh after a refusal. */
function addFollowing(lanes: readonly OpenLane[], around: readonly TrailExchange[], placed: Set<TrailExchange>): void {
  const since = Math.min(
    ...lanes.flatMap(({ exchanges }) => exchanges.filter(isRefresh)).map(({ endedAt }) => endedAt),
  );
  for (const exchange of around) {
    if (placed.has(exchange) || exchange.request.begunAt < since) continue;
    const free = lanes.filter(({ exchanges: [...all] }) => {
      const last = all.at(-1);
      return last !== undefined && all.length < MOST.inLane && last.endedAt <= exchange.request.begunAt;
    });
    const fitting = free.filter((lane) => expectsRefresh(lane) === isRefresh(exchange));
    const lane = fitting.toSorted((a, b) => endOf(a) - endOf(b))[0];
    if (lane === undefined) continue;
    lane.exchanges.push(exchange);
    placed.add(exchange);
  }
}

function expectsRefresh({ exchanges }: OpenLane): boolean {
  const last = exchanges.at(-1);
  return last === undefined || (isRefresh(last) ? last.response?.status !== 200 : last.response?.status === 401);
}

const endOf = ({ exchanges }: OpenLane): number => exchanges.at(-1)?.endedAt ?? 0;

function secondToLast(times: readonly number[]): number {
  return times.toSorted((a, b) => b - a)[1] ?? 0;
}

function revocation(others: readonly Event[], family: string, before: number): string | undefined {
  const found = others.find(
    (event) => event.kind === 'family' && event.family === family && event.change === 'revoked' && event.seq < before,
  );
  return found?.kind === 'family' ? (found.reason ?? 'unknown') : undefined;
}
