/** What a fault is: one thing that goes wrong, named for what the client sees. Each is the default export of a file of this folder. */
import type { Exchange } from '../recorder/exchange.ts';
import type { Reply } from '../reply.ts';

export type FaultTarget = 'refresh' | 'code' | 'resource' | 'revoke' | 'authorize';

export type FaultSettings = Readonly<Record<string, string | number | boolean>>;

interface AnyFault {
  /** The name of its file. */
  readonly id: string;
  /** What the client sees, as a sentence. */
  readonly title: string;
  /** The endpoint that it fires at unless the caller names another. */
  readonly on: FaultTarget;
}

/** Answers instead of the mock: nothing is committed. */
export interface FaultBefore extends AnyFault {
  readonly phase: 'before';
  readonly reply: (exchange: Exchange, settings: FaultSettings) => Reply;
}

/** Changes or loses an answer that was decided and committed. */
export interface FaultAfter extends AnyFault {
  readonly phase: 'after';
  /** True: the answer must be decided without rotation. */
  readonly withoutRotation?: boolean;
  readonly change: (reply: Reply, exchange: Exchange, settings: FaultSettings) => Reply;
}

export type Fault = FaultBefore | FaultAfter;

/** Returns a number among the settings, within bounds. */
export function numberOf(settings: FaultSettings, name: string, standard: number, most = 600_000): number {
  const value = Number(settings[name] ?? standard);
  return Number.isFinite(value) ? Math.min(Math.max(value, 0), most) : standard;
}

/** Returns a text among the settings. */
export const textOf = (settings: FaultSettings, name: string, standard: string): string =>
  String(settings[name] ?? standard);
