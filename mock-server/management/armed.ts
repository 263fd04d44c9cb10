/** Gates and faults that were armed from outside, by number. */
import { FAULTS } from '../faults/catalogue.ts';
import type { ArmedFault, Control, FaultOptions, Gate, GateOptions } from '../mock.ts';

export interface Armed {
  gates(): readonly object[];
  faults(): readonly object[];
  hold(options: GateOptions): object;
  /** Opens one exchange of a gate, or all that stand there now. False: no such gate. */
  open(id: string, exchange: number | undefined): boolean;
  closeGate(id: string): boolean;
  /** Undefined: no such fault. */
  inject(options: FaultOptions): object | undefined;
  disarm(id: string): boolean;
}

/** More than these at once are a mistake; the oldest give way. */
const MOST = 200;

export function createArmed(control: Control): Armed {
  const gates = new Map<string, Gate>();
  const faults = new Map<string, ArmedFault>();
  let count = 0;
  const showGate = (gate: Gate) => ({
    id: gate.id,
    held: gate.held.map(({ exchange, connection, token }) => ({
      exchange,
      connection,
      ...(token !== undefined && { token }),
    })),
  });
  return {
    gates: () => [...gates.values()].map(showGate),
    faults: () => [...faults].map(([id, fault]) => ({ id, fault: fault.id, fired: fault.fired })),
    hold(options) {
      const gate = control.hold(options);
      gates.set(gate.id, gate);
      if (gates.size > MOST) for (const [oldest, one] of gates.entries().take(1)) (one.close(), gates.delete(oldest));
      return showGate(gate);
    },
    open(id, exchange) {
      const gate = gates.get(id);
      for (const held of gate?.held ?? []) if (exchange === undefined || held.exchange === exchange) held.open();
      return gate !== undefined;
    },
    closeGate(id) {
      gates.get(id)?.close();
      return gates.delete(id);
    },
    inject(options) {
      if (!FAULTS.has(options.fault)) return undefined;
      const fault = control.inject(options);
      count += 1;
      faults.set(String(count), fault);
      if (faults.size > MOST)
        for (const [oldest, one] of faults.entries().take(1)) (one.disarm(), faults.delete(oldest));
      return { id: String(count), fault: fault.id };
    },
    disarm(id) {
      faults.get(id)?.disarm();
      return faults.delete(id);
    },
  };
}
