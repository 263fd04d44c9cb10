/** Exchanges that an earlier owner began and did not end: which of them can go on, and what is said of the others. */
import type { Event, Request, Response } from '../../src/history/event.ts';
import { isReadyAt, type Parked } from '../recorder/parked.ts';
import type { Entry } from './entry.ts';
import type { Awaited } from './resent.ts';

/** One line as it is kept: without its link. */
export type Line = Event & { readonly exchange?: number; readonly connection?: string };

/** The `request` lines without a `response`, by exchange. */
export function openOf(lines: readonly Line[]): ReadonlyMap<number, Request & { readonly seq: number }> {
  const open = new Map<number, Request & { readonly seq: number }>();
  for (const line of lines) {
    if (line.kind === 'request') open.set(line.exchange, line);
    if (line.kind === 'response') open.delete(line.exchange);
  }
  return open;
}

/**
 * Those that stood somewhere, by exchange. Whatever was done for one behind that place must not be done twice: then it cannot go on from there.
 *
 * @param answered whose answer was let go
 */
export function awaitedOf(
  entries: readonly Entry[],
  open: ReturnType<typeof openOf>,
  answered: ReadonlyMap<number, Response>,
  lines: readonly Line[],
): ReadonlyMap<number, Awaited> {
  const parked = new Map(entries.flatMap((one) => (one[0] === 'parked' ? [[one[1].exchange, one[1]] as const] : [])));
  const rotated = new Set(lines.flatMap((line) => (line.kind === 'rotation' ? [line.exchange] : [])));
  const whole = ({ exchange, at }: Parked) => isReadyAt(at) || !rotated.has(exchange);
  return new Map(
    [...parked.values()].flatMap((one) => {
      const request = open.get(one.exchange);
      if (request === undefined || answered.has(one.exchange) || !whole(one)) return [];
      const { exchange: number, seq, connection, facts, endpoint } = request;
      return [
        [number, { number, seq, connection, facts, parked: one, unanswered: unanswered(number, endpoint) }] as const,
      ];
    }),
  );
}

/** Of those that are awaited the refresh that went ahead of all others: its answer is ready, and it was not told that another is under way. */
export function aheadOf(awaited: ReadonlyMap<number, Awaited>, lines: readonly Line[]): number | undefined {
  return lines.findLast(
    (line) => line.kind === 'rotation' && line.outcome !== 'in-flight' && isAhead(awaited.get(line.exchange)),
  )?.exchange;
}

const isAhead = (one: Awaited | undefined): boolean => one !== undefined && isReadyAt(one.parked.at);

/** Nothing of it has reached its client. */
export const unanswered = (exchange: number, endpoint: Response['endpoint']): Response => ({
  ...{ kind: 'response', exchange, endpoint, status: 0, delivered: 'none' },
});
