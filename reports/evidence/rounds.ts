/** Reads the rounds of a scenario that runs one race in many orders: what happened in each order, and whether the client kept its
 * connection. */
import type { Event } from '../../src/history/event.ts';
import type { ScenarioTrail, TrailExchange } from './trail.ts';

/** One round of such a scenario: the order in which its refreshes were carried out and answered, and the exchanges. */
export interface Round {
  /** Number of the round, from 1. */
  readonly number: number;
  /** Order in which the contenders were carried out; contenders are numbered from 1 by arrival. */
  readonly commit: readonly number[];
  /** Order in which the contenders were answered. */
  readonly answer: readonly number[];
  readonly exchanges: readonly TrailExchange[];
  readonly others: readonly Event[];
  /** False when no refresh after the race returned new tokens: the client had kept an invalid one. */
  readonly kept: boolean;
}

/** Returns the rounds with overlapping refreshes. A round lasts from the session expiry that begins it to the next one. */
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

/** Ends a round before the next round's login. */
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

/** Reads the orders from a phase's detail, `{"contenders":2,"commit":[0,1],"answer":[1,0]}`; undefined when it has none. */
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
