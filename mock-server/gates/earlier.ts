/** Gates that another instance armed: what is kept of them, and what they are when it is read again. */
import type { GatePoint, Held } from '../mock.ts';

/** One change of a gate. */
export type GateEntry =
  /** Armed; null: it holds any number. */
  | readonly ['gate', id: string, GatePoint, limit: number | null]
  /** An exchange arrived; then its connection and the label of its token. */
  | readonly ['held', gate: string, exchange: number, connection: string, token: string | null]
  | readonly ['opened', gate: string, exchange: number]
  | readonly ['closed', gate: string];

export type RememberGate = (entry: GateEntry) => void;

export interface EarlierPlace extends Omit<Held, 'open'> {
  /** Nothing is left to be opened: it was, or it is over. */
  readonly opened: boolean;
  /** It is over and was never opened. */
  readonly left: boolean;
}

export interface EarlierGate {
  readonly id: string;
  readonly point: GatePoint;
  readonly limit: number | null;
  readonly closed: boolean;
  /** In order of arrival. */
  readonly places: readonly EarlierPlace[];
}

/**
 * Every gate that was ever armed, in order.
 *
 * @param endOf of an exchange that may come again: resolves when it is over. Undefined: it is over
 */
export function gatesOf(
  entries: readonly GateEntry[],
  endOf: (exchange: number) => Promise<void> | undefined,
): readonly EarlierGate[] {
  const gates = new Map<string, EarlierGate & { readonly places: EarlierPlace[] }>();
  for (const entry of entries) {
    const gate = gates.get(entry[1]);
    if (entry[0] === 'gate') {
      const [, id, point, limit] = entry;
      gates.set(id, { id, point, limit, closed: false, places: [] });
    } else if (gate === undefined) continue;
    else if (entry[0] === 'closed') gates.set(gate.id, { ...gate, closed: true });
    else if (entry[0] === 'held') {
      const [, , exchange, connection, token] = entry;
      const end = endOf(exchange);
      const over = end === undefined;
      const ended = end ?? Promise.resolve();
      gate.places.push({ exchange, connection, ...(token !== null && { token }), ended, opened: over, left: over });
    } else {
      const at = gate.places.findIndex(({ exchange }) => exchange === entry[2]);
      const place = gate.places[at];
      if (place) gate.places[at] = { ...place, opened: true, left: false };
    }
  }
  return [...gates.values()];
}
