/** What the harness did to the mock: orders, gates, faults. */

/** A stimulus that the harness gave through the mock: `expire-access-tokens`, `reject-refresh-token`, `steal-refresh-token` … */
export interface ControlEvent {
  readonly kind: 'control';
  readonly action: string;
  readonly family?: string;
  readonly detail?: string;
}

export interface GateEvent {
  readonly kind: 'gate';
  readonly gate: string;
  readonly action: 'armed' | 'held' | 'opened' | 'closed';
  readonly exchange?: number;
}

export interface FaultEvent {
  readonly kind: 'fault';
  readonly fault: string;
  readonly action: 'armed' | 'fired' | 'disarmed';
  readonly exchange?: number;
  readonly detail?: string;
}
