/** The rounds of a scenario that plays one race in many orders: what happened under each schedule, and whether the client came through. */
import type { Event } from '../../src/history/event.ts';
import type { ScenarioTrail, TrailExchange } from './trail.ts';

export interface Round {
  /** Counts from 1, in the order in which they were played. */
  readonly number: number;
  /** Contenders by their number of arrival, counted from 1, in the order in which they were carried out. */
  readonly commit: readonly number[];
  /** The same, in the order in which they were answered. */
  readonly answer: readonly number[];
  readonly exchanges: readonly TrailExchange[];
  readonly others: readonly Event[];
  /** False when no refresh after the race gave new tokens: the client had kept a dead one. */
  readonly kept: boolean;
}

/** Rounds in which a race arose. A round lasts from the expiry that begins it to the next one that does. */
export function roundsOf({ exchanges, others }: ScenarioTrail): readonly Round[] {
  const schedules = others.flatMap((event) => {
    const orders = event.kind === 'phase' && event.phase === 'schedule' ? readOrders(event.detail) : undefined;
    return orders === undefined ? [] : [{ seq: event.seq, orders, from: expiryBefore(others, event.seq) }];
  });
  const ends = others.flatMap((event) => (event.kind === 'phase' && event.phase === 'schedule' ? [event.seq] : []));
  return schedules.map(({ seq, orders, from }, index): Round => {
    const next = ends.find((end) => end > seq);
    const to = next === undefined ? Infinity : expiryBefore(others, next);
    const within = (at: number): boolean => at >= from && at < to;
    const probe = others.find((event) => event.kind === 'phase' && event.phase === 'probe' && event.seq > seq)?.seq;
    const own = exchanges.filter(({ request }) => within(request.seq));
    return {
      number: index + 1,
      ...orders,
      exchanges: own
        .filter(({ request }) => !request.browser && request.facts.kind !== 'authorize')
        .filter(beforeLogin),
      others: others.filter((event) => within(event.seq)),
      kept: own.some(({ request, rotation }) => request.seq > (probe ?? 0) && rotation?.outcome === 'rotated'),
    };
  });
}

/** The next round's login is not part of the race before it. */
function beforeLogin({ request }: TrailExchange, _index: number, all: readonly TrailExchange[]): boolean {
  const login = all.find((one) => one.request.facts.kind === 'token' && one.request.facts.code !== null);
  return login === undefined || request.seq < login.request.seq;
}

function expiryBefore(others: readonly Event[], seq: number): number {
  const expiry = others.findLast(
    (event) => event.seq < seq && event.kind === 'control' && event.action === 'expire-access-tokens',
  );
  return expiry?.seq ?? seq;
}

/** The orders in a phase's detail, `{"contenders":2,"commit":[0,1],"answer":[1,0]}`; undefined when it holds none. */
function readOrders(detail: string | undefined): Pick<Round, 'commit' | 'answer'> | undefined {
  try {
    const { commit, answer } = JSON.parse(detail ?? '') as Record<string, unknown>;
    const list = (value: unknown): readonly number[] | undefined =>
      Array.isArray(value) && value.length <= 16 && value.every((one) => Number.isSafeInteger(one))
        ? value.map((one) => Number(one) + 1)
        : undefined;
    const [committed, answered] = [list(commit), list(answer)];
    return committed === undefined || answered === undefined ? undefined : { commit: committed, answer: answered };
  } catch {
    return undefined;
  }
}
