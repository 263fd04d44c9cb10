/** What a fault is: one thing that goes wrong, named for what the client sees. Each is the default export of a file of this folder. */
import type { Context } from 'koa';
import type { Exchange } from '../recorder/exchange.ts';

export type FaultTarget = 'refresh' | 'code' | 'resource' | 'revoke' | 'authorize';

export type FaultSettings = Readonly<Record<string, string | number | boolean>>;

export interface Fault {
  /** The name of its file. */
  readonly id: string;
  /** What the client sees, as a sentence. */
  readonly title: string;
  /** The endpoint that it strikes unless the caller names another. */
  readonly on: FaultTarget;
  /** `before`: instead of the honest answer, nothing is committed. `after`: the answer was decided and committed, and is changed or lost. */
  readonly phase: 'before' | 'after';
  /** Only with `after`: says on the exchange, before anything is committed, what the inner parts must do differently. */
  readonly prepare?: (exchange: Exchange) => void;
  apply(ctx: Context, exchange: Exchange, settings: FaultSettings): void | Promise<void>;
}

/** A number among the settings, within bounds. */
export function numberOf(settings: FaultSettings, name: string, standard: number, most = 600_000): number {
  const value = Number(settings[name] ?? standard);
  return Number.isFinite(value) ? Math.min(Math.max(value, 0), most) : standard;
}

/** A text among the settings. */
export const textOf = (settings: FaultSettings, name: string, standard: string): string =>
  String(settings[name] ?? standard);
