/** The lines of `history.jsonl`: what happened, in order, and nothing of what it means. */
import type { RequestFacts } from './facts.ts';
import type { Parameter, Secret } from './label.ts';
import type { SettingsFacts } from './settings.ts';

/** What every line carries (contract, section 5). */
export interface Envelope {
  /** Counts from 1 without a gap. */
  readonly seq: number;
  /** Milliseconds since the run began, monotonic. */
  readonly t: number;
  /** Scenario id, or the empty text between scenarios. */
  readonly scenario: string;
  /** SHA-256 of the line before in hexadecimal digits, without its line break; 64 zeros for the first. */
  readonly prev: string;
}

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

/** How a scenario's stimuli went; says nothing about right or wrong. */
export type ScenarioOutcome =
  'completed' | 'login-failed' | 'crashed' | 'timed-out' | 'unsupported' | 'interrupted' | 'error';

export interface ScenarioBegin {
  readonly kind: 'scenario-begin';
  readonly title: string;
  /** Whether the mock enforced the partner rule on the wire or only recorded (design, decision 3). */
  readonly mode: 'strict' | 'salesforce' | 'observing';
}

export interface ScenarioEnd {
  readonly kind: 'scenario-end';
  readonly outcome: ScenarioOutcome;
  /** One sentence: why it did not complete. */
  readonly detail?: string;
  readonly durationMs: number;
  readonly schedules?: {
    readonly explored: number;
    readonly of: number;
    readonly violating: number;
  };
}

/** A named point inside a scenario. Checks use it to tell "before" from "after": `chain`, `restart`, `probe` … */
export interface Phase {
  readonly kind: 'phase';
  readonly phase: string;
  readonly detail?: string;
}

export type VerbName = 'authorize' | 'call' | 'refresh' | 'status' | 'disconnect' | 'redirect' | 'restart';

export interface VerbBegin {
  readonly kind: 'verb-begin';
  /** Counts verbs within the run. */
  readonly verb: number;
  readonly name: VerbName;
  /** Process of the client that was asked: `P1`, `P2` … */
  readonly process: string;
  /** User (cookie jar) for whom it was asked: `U1`, `U2` … */
  readonly user: string;
}

export interface VerbEnd {
  readonly kind: 'verb-end';
  readonly verb: number;
  readonly name: VerbName;
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

export interface ProcessBegin {
  readonly kind: 'process-begin';
  readonly process: string;
}

export interface ProcessEnd {
  readonly kind: 'process-end';
  readonly process: string;
  readonly code: number | null;
  readonly signal: string | null;
  /** The harness ended it. */
  readonly expected: boolean;
}

/** What a process wrote that is no answer: standard error, and lines on standard output that are no protocol. */
export interface Output {
  readonly kind: 'output';
  readonly process: string;
  readonly stream: 'stdout' | 'stderr';
  /** Redacted, bounded: 2,000 characters a line, 200 lines an event. */
  readonly lines: readonly string[];
  /** Labels of secrets that stood in it before they were taken out. */
  readonly leaked: readonly string[];
}

/** The harness's browser, at the points that matter. */
export interface Visit {
  readonly kind: 'visit';
  readonly step: 'opened' | 'callback' | 'lost' | 'page';
  /** Event number of the verb-begin that it belongs to, when known. */
  readonly verb?: number;
  readonly user: string;
  /** URL without query, redacted. */
  readonly url: string;
  /** HTTP status of the page that the callback answered. */
  readonly status?: number;
  /** What the harness changed before it delivered the callback: `state-altered`, `state-removed`, `repeated` … */
  readonly tampered?: string;
  /** `error` parameter of the callback. */
  readonly error?: string;
  /** Of a page that answered a callback with markup in it: names of the parameters whose markup stands in the page as it came. */
  readonly markup?: readonly string[];
  /** Of a page in a real browser, when the login is over and its scripts have run: its address still holds the authorization response. */
  readonly exposed?: boolean;
  readonly detail?: string;
}

/** An entry of a page's storage that holds a known secret; its name and never its value. */
export interface StorageEntry {
  readonly area: 'local-storage' | 'session-storage' | 'indexed-db' | 'cookie';
  /** Redacted, cut at 128 characters. */
  readonly name: string;
  /** Origin of the storage; of a cookie its domain. */
  readonly origin: string;
  /** Labels of the tokens and other secrets that stand in it. */
  readonly holds: readonly string[];
  /** Attributes of a cookie (RFC 6265 §5.3). */
  readonly httpOnly?: boolean;
  readonly secure?: boolean;
  readonly sameSite?: 'Strict' | 'Lax' | 'None';
}

/** Where a client that lives in a browser keeps its tokens; looked at when its session ends. No entries: none held any. */
export interface StorageLook {
  readonly kind: 'storage';
  readonly user: string;
  /** At most 200. */
  readonly entries: readonly StorageEntry[];
}

/** A file in the client's state folder. */
export interface StateFile {
  /** Path inside the folder, redacted, cut at 128 characters. */
  readonly name: string;
  readonly bytes: number;
  /** Permission bits in octal digits: `600`. Absent where the system has none. */
  readonly mode?: string;
  /** Any user of the machine could read it, were the folder itself not closed: its own bits and those of the folders in between allow it. */
  readonly exposed: boolean;
  /** Labels of the secrets that stand in it as they are. */
  readonly holds: readonly string[];
}

/** What a client has stored in `SF_STATE_DIR`; looked at when its session has ended, before the folder is removed. Never contents. */
export interface StateLook {
  readonly kind: 'state';
  readonly user: string;
  /** At most 200. */
  readonly files: readonly StateFile[];
}

export type Endpoint =
  | 'authorize'
  | 'login'
  | 'token'
  | 'revoke'
  | 'introspect'
  | 'userinfo'
  | 'identity'
  | 'keys'
  | 'discovery'
  | 'resource'
  | 'success'
  | 'other';

/** A request arrived whole. Written before anything else has an opinion on it. */
export interface Request {
  readonly kind: 'request';
  /** Counts exchanges within the run; the response carries the same number. */
  readonly exchange: number;
  /** `C1`, `C2` …: the TCP connection. */
  readonly connection: string;
  /** Milliseconds of `t` at which its first byte was seen; `t` itself is when it was whole. */
  readonly begunAt: number;
  readonly host: 'login' | 'instance' | 'other';
  readonly endpoint: Endpoint;
  readonly method: string;
  /** Path without the query; segments that carry secrets are labels. */
  readonly path: string;
  readonly query: readonly Parameter[];
  readonly headers: readonly Parameter[];
  /** Form fields of the body; for other content types empty. */
  readonly body: readonly Parameter[];
  readonly bodyBytes: number;
  /** True for the harness's own browser: such exchanges are not the client's. */
  readonly browser: boolean;
  readonly facts: RequestFacts;
}

/** The answer ended: sent whole, cut, or never sent. */
export interface Response {
  readonly kind: 'response';
  readonly exchange: number;
  readonly endpoint: Endpoint;
  readonly status: number;
  /** `complete`: every byte was handed to the client's socket and it was open until the end; `aborted`: the client left first;
   * `cut`: the mock broke it off on purpose; `none`: not a byte was sent. */
  readonly delivered: 'complete' | 'aborted' | 'cut' | 'none';
  /** `error` and `error_description` of an OAuth error, or `errorCode` of a resource error. */
  readonly error?: string;
  readonly errorDescription?: string;
  readonly issued?: {
    readonly code?: Secret;
    readonly accessToken?: Secret;
    readonly refreshToken?: Secret;
    readonly family?: string;
    /** Generation of the refresh token; of the access token when no refresh token was issued. */
    readonly generation?: number;
  };
  /** Which rule denied it: `missing-challenge`, `secret-from-public` … (mock-server/policy). */
  readonly deniedBy?: string;
  /** Id of the fault that made it what it is; absent for an honest answer. */
  readonly fault?: string;
  /** What the mock answered, redacted, cut at 1,000 characters. */
  readonly body?: string;
}

/** What the mock decided about a presented refresh token. */
export interface Rotation {
  readonly kind: 'rotation';
  readonly exchange: number;
  readonly family: string | null;
  readonly presented: Secret;
  readonly outcome: 'rotated' | 'in-flight' | 'reuse' | 'dead' | 'expired' | 'unknown' | 'refused' | 'replayed';
  readonly successor?: Secret;
}

/** The life of a token family. */
export interface Family {
  readonly kind: 'family';
  readonly family: string;
  readonly change: 'created' | 'revoked';
  readonly reason?: 'reuse' | 'revocation' | 'code-reuse' | 'admin' | 'expired' | 'approval-limit' | 'key-rotation';
  readonly user?: string;
}

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

/** What the app's metadata says; read before the run, scenario `settings`. */
export interface SettingsEvent {
  readonly kind: 'settings';
  readonly facts: SettingsFacts;
}

/** A sentence for the reader of the evidence. */
export interface Note {
  readonly kind: 'note';
  readonly text: string;
  /** The mock or the harness broke: nothing that follows in this scenario says anything of the client. */
  readonly harnessFault?: true;
}

export type EventBody =
  | RunBegin
  | RunEnd
  | ScenarioBegin
  | ScenarioEnd
  | Phase
  | VerbBegin
  | VerbEnd
  | ProcessBegin
  | ProcessEnd
  | Output
  | Visit
  | StorageLook
  | StateLook
  | Request
  | Response
  | Rotation
  | Family
  | ControlEvent
  | GateEvent
  | FaultEvent
  | SettingsEvent
  | Note;

/** One line of history. */
export type Event = Envelope & EventBody;

/** An event of one kind with its envelope: `EventOf<'request'>`. */
export type EventOf<K extends EventBody['kind']> = Envelope & Extract<EventBody, { kind: K }>;
