/** Where an exchange stands for long, so that it can go on there when its connection breaks and its request is sent again. */
import type { GatePoint } from '../mock.ts';
import type { Issued } from './issued.ts';

/** An answer that is ready, without the headers of one connection. */
export interface ReadyAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** base64 */
  readonly body: string;
}

/** A gate, or a fault that takes its time. */
export type Spot =
  | { readonly kind: 'gate'; readonly gate: string; readonly point: GatePoint; readonly token?: string }
  | {
      readonly kind: 'fault';
      readonly fault: string;
      readonly phase: 'before' | 'after';
      readonly with: Readonly<Record<string, string | number | boolean>>;
    };

/** What the layers inside wrote on the exchange. Raw tokens are among it. */
export interface Written {
  readonly issued?: Issued;
  readonly error?: string;
  readonly errorDescription?: string;
  readonly deniedBy?: string;
}

export interface Parked {
  readonly exchange: number;
  /** Names the request: it comes again under this name. */
  readonly id: string;
  readonly at: Spot;
  /** Absent: the request was not looked at yet. */
  readonly ready?: { readonly answer: ReadyAnswer; readonly written: Written };
}

/** True where the answer is ready when an exchange gets there. */
export const isReadyAt = (at: Spot): boolean => (at.kind === 'fault' ? at.phase === 'after' : READY.has(at.point));

const READY: ReadonlySet<GatePoint> = new Set([
  'resource-denied',
  'resource-answer',
  'refresh-answer',
  'refresh-refusal',
]);
