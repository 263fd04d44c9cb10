/** Defines faults: each is named after what the client sees, and catalogue.ts lists all of them. */
import type { Exchange } from '../recorder/exchange.ts';
import type { Reply } from '../reply.ts';

/** The requests that a fault applies to. */
export type FaultTarget = 'refresh' | 'code' | 'resource' | 'revoke' | 'authorize';

/** Settings of a fault, by name. */
export type FaultSettings = Readonly<Record<string, string | number | boolean>>;

interface AnyFault {
  /** Names it when it is armed, and in the history. */
  readonly id: string;
  /** What the client sees, as a sentence. */
  readonly title: string;
  /** Requests that it applies to unless the caller names others. */
  readonly on: FaultTarget;
}

/** A fault that answers instead of the mock: nothing is committed. */
export interface FaultBefore extends AnyFault {
  readonly phase: 'before';
  readonly reply: (exchange: Exchange, settings: FaultSettings) => Reply;
}

/** A fault that changes or loses an answer that was decided and committed. */
export interface FaultAfter extends AnyFault {
  readonly phase: 'after';
  /** Whether the answer must be decided without rotation. */
  readonly withoutRotation?: boolean;
  readonly change: (reply: Reply, exchange: Exchange, settings: FaultSettings) => Reply;
}

/** A fault of either kind. */
export type Fault = FaultBefore | FaultAfter;

/** Returns a number from the settings, within bounds. */
export function numberOf(settings: FaultSettings, name: string, standard: number, most = 600_000): number {
  const value = Number(settings[name] ?? standard);
  return Number.isFinite(value) ? Math.min(Math.max(value, 0), most) : standard;
}

/** Returns a text from the settings. */
export const textOf = (settings: FaultSettings, name: string, standard: string): string =>
  String(settings[name] ?? standard);
