/** What the client was asked for, and what it answered. */

export type ActionName = 'authorize' | 'call' | 'refresh' | 'status' | 'disconnect' | 'redirect' | 'restart';

export interface ActionBegin {
  readonly kind: 'verb-begin';
  /** Counts verbs within the run. */
  readonly verb: number;
  readonly name: ActionName;
  /** Process of the client that was asked: `P1`, `P2` … */
  readonly process: string;
  /** User (cookie jar) for whom it was asked: `U1`, `U2` … */
  readonly user: string;
  /** Of a call: a text that the client may put into its API requests, so that they can be told apart. */
  readonly marker?: string;
}

export interface ActionEnd {
  readonly kind: 'verb-end';
  readonly verb: number;
  readonly name: ActionName;
  readonly process: string;
  readonly result: 'ok' | 'failed' | 'unsupported' | 'timed-out' | 'died';
  /** HTTP status that the client reported. */
  readonly status?: number;
  /** The client's own text, redacted, cut at 2,000 characters. */
  readonly error?: string;
  /** The client says that its user has to connect again. */
  readonly reauthorize?: boolean;
  /** Answer of `status`. */
  readonly connected?: boolean;
  /** A person left it out: it says nothing of the client, and no check reads it. */
  readonly skipped?: true;
}
