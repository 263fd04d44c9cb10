/** A run as a whole: who was judged, how, and how it ended. */

export interface AppDescription {
  readonly name: string;
  readonly kind: 'external-client-app' | 'connected-app';
  readonly client: 'public' | 'confidential';
  readonly redirectUris: readonly string[];
  readonly scopes: readonly string[];
  readonly sharedStore: boolean;
  readonly persistence: 'durable' | 'session';
}

export interface RunDescription {
  readonly id: string;
  readonly startedAt: string;
  readonly seed: number;
  readonly quietMs: number;
  readonly holdMs: number;
  readonly timeoutMs: number;
  readonly herd: number;
  readonly policy: 'strict' | 'salesforce';
  readonly rotation: string;
  readonly driver: string;
}

/** Which checks were asked for; absent lists mean all. What was not selected is `skip`. */
export interface Selection {
  readonly suites?: readonly string[];
  readonly grep?: string;
  readonly shard?: string;
  /** The scenarios of this shard. */
  readonly scenarios?: readonly string[];
}

export interface RunBegin {
  readonly kind: 'run-begin';
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly app: AppDescription;
  readonly run: RunDescription;
  readonly selection: Selection;
  /** Which violated level fails the run (`--fail-on`). */
  readonly failOn: 'must' | 'should' | 'never';
  /** From the configuration, per requirement id (contract, section 6). */
  readonly attestations: Readonly<
    Record<string, { readonly by: string; readonly at: string; readonly proof: string; readonly until: string }>
  >;
  /** What the driver can do at all. */
  readonly abilities: Readonly<Record<string, boolean>>;
  /** The configuration names metadata: the suite `settings` applies. */
  readonly metadata?: boolean;
  /** The secret of a confidential client has characters that must be form-encoded inside Basic (RFC 6749 §2.3.1). */
  readonly secretNeedsEncoding: boolean;
}

export interface RunEnd {
  readonly kind: 'run-end';
  /** `interrupted` by a signal, `error` by a fault of the harness. */
  readonly outcome: 'completed' | 'interrupted' | 'error';
  readonly detail?: string;
}
