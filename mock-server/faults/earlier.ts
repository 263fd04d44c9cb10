/** Faults that another instance armed: what is kept of them, and what they are when it is read again. */
import type { FaultOptions } from '../mock.ts';

/** One change of an armed fault. Faults are counted in the order in which they are armed. */
export type FaultEntry =
  /** Armed; `times` null: until it is disarmed. */
  | readonly ['fault', number: number, Omit<FaultOptions, 'times'> & { readonly times: number | null }]
  | readonly ['prepared', fault: number, exchange: number]
  /** It strikes this exchange. */
  | readonly ['struck', fault: number, exchange: number]
  | readonly ['disarmed', fault: number];

export type RememberFault = (entry: FaultEntry) => void;

export interface EarlierFault {
  readonly number: number;
  readonly options: FaultOptions;
  readonly fired: number;
  readonly disarmed: boolean;
  /** Exchanges that it has still to strike. */
  readonly prepared: ReadonlyMap<number, Promise<void>>;
}

/**
 * Every fault that was ever armed, in order.
 *
 * @param endOf of an exchange that may come again: resolves when it is over. Undefined: it is over
 */
export function faultsOf(
  entries: readonly FaultEntry[],
  endOf: (exchange: number) => Promise<void> | undefined,
): readonly EarlierFault[] {
  const faults = new Map<number, EarlierFault & { readonly prepared: Map<number, Promise<void>> }>();
  for (const entry of entries) {
    const [kind, number, what] = entry;
    const fault = faults.get(number);
    if (kind === 'fault') {
      const options = { ...what, times: what.times ?? Infinity };
      faults.set(number, { number, options, fired: 0, disarmed: false, prepared: new Map() });
    } else if (fault === undefined) continue;
    else if (kind === 'disarmed') faults.set(number, { ...fault, disarmed: true });
    else if (kind === 'struck') {
      fault.prepared.delete(what);
      faults.set(number, { ...fault, fired: fault.fired + 1 });
    } else {
      const ended = endOf(what);
      if (ended) fault.prepared.set(what, ended);
    }
  }
  return [...faults.values()];
}
