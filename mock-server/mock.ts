/** The types of the mock's public interface; `start` creates a mock. */
import type { Event, EventBody } from '../src/history/event.ts';
import type { HostName, MoreHost } from './http/host.ts';
import type { UserStatus } from './policy/user-status.ts';
import type { RequestCorrelation } from './recorder/correlation.ts';
import type { SecretRedactor } from './recorder/redaction/redactor.ts';

/** The partner's app as registered at the mock. */
export interface MockApp {
  /** Name on the mock's pages; absent: the client id. */
  readonly name?: string;
  readonly clientId: string;
  /** Set for confidential clients; a public app may have one too, to distinguish a correct secret from a wrong one. */
  readonly clientSecret?: string;
  /** A second secret, set by `Control.stageSecret`. */
  readonly stagedSecret?: { readonly secret: string; readonly alone: boolean } | undefined;
  readonly client: 'public' | 'confidential';
  /** Registered redirect URIs. Port 0 of a loopback address means any port (RFC 8252 §7.3). */
  readonly redirectUris: readonly string[];
  /** Certificate or public key as PEM, or a JWK as JSON, with which the app's assertions are verified. */
  readonly publicKey?: string;
}

/** Mode of the mock. `strict`: enforces the partner rule on the wire. `salesforce`: accepts what Salesforce is known to accept.
 * `observing`: enforces nothing but rotation. */
export type Mode = 'strict' | 'salesforce' | 'observing';

/** Options of a mock. */
export interface MockOptions {
  /** Default: `127.0.0.1`. */
  readonly host?: string | undefined;
  /** Port of the login origin. Default: 0, chosen by the system. */
  readonly port?: number | undefined;
  /** Port of the instance origin. Default: 0, chosen by the system. */
  readonly instancePort?: number | undefined;
  readonly app: MockApp;
  readonly mode?: Mode | undefined;
  /** Rotation preset. Default: `salesforce`. */
  readonly rotation?: string | undefined;
  /** Appends one event to the history and returns it with its number. */
  readonly record: (body: EventBody) => Event;
  /** Milliseconds since the run began, monotonic: the `t` of events. */
  readonly now: () => number;
  /** Labels of the run's secrets, from `createRedactor()`; shared by all mocks of a run. */
  readonly redactor: SecretRedactor;
  /** Removes further secrets from recorded requests: those of the client's own environment. Verdicts do not depend on it. Default: none. */
  readonly hide?: ((text: string) => string) | undefined;
  /** Earlier requests and numbers of the run, from `createCorrelation()`; shared by all mocks of a run. */
  readonly correlation: RequestCorrelation;
  readonly switches?: Readonly<Record<string, string | boolean | number>> | undefined;
  /** HTTPS on every origin, with a newly created authority: `Mock.caFile`. Default: false. */
  readonly tls?: boolean | undefined;
  /** Hosts to open besides login and instance, each on a separate port. Default: none. */
  readonly hosts?: readonly MoreHost[] | undefined;
  /** Allows a `host` that others can reach. Default: false. */
  readonly public?: boolean | undefined;
  /** Folder of `<SObject>.json` files, each a list of the org's records. */
  readonly fixtures?: string | undefined;
}

/** The points where the mock can hold an exchange. */
export const GATE_POINTS = [
  /** The 401 of a resource request with an expired session, before it is sent. */
  'resource-denied',
  /** Any answer of the resource server, before it is sent. */
  'resource-answer',
  /** A refresh request before it is processed. */
  'refresh-request',
  /** A refresh answer after the rotation was committed, before its first byte. */
  'refresh-answer',
  /** The refusal of a refresh, before it is sent. */
  'refresh-refusal',
  /** A code exchange before it is processed. */
  'code-request',
  /** A revocation request before it is processed. */
  'revoke-request',
] as const;

/** A point where the mock can hold an exchange. */
export type GatePoint = (typeof GATE_POINTS)[number];

/** An exchange that is held at a gate. */
export interface Held {
  readonly exchange: number;
  readonly connection: string;
  /** Label of the refresh or access token that it carries. */
  readonly token?: string | undefined;
  /** Releases it. A second call does nothing. */
  open(): void;
  /** Resolves when its response has ended, delivered or not. */
  readonly ended: Promise<void>;
}

/** An armed gate. */
export interface Gate {
  readonly id: string;
  /** Exchanges in order of arrival; they stay in the list after they were released. */
  readonly held: readonly Held[];
  /** Resolves when `count` exchanges have arrived since the gate was armed, or `quietMs` after the last arrival (or after the call of this
   * function when nothing has arrived). Resolves with the exchanges that are held and not released. */
  settled(count: number, quietMs: number): Promise<readonly Held[]>;
  /** Resolves at the next arrival, or with undefined when the gate is closed. */
  next(): Promise<Held | undefined>;
  /** Whether the gate holds no more requests. */
  readonly closed: boolean;
  /** Releases all held exchanges in order of arrival, in one tick; later arrivals pass. */
  close(): void;
}

/** Options of `Control.hold`. */
export interface GateOptions {
  readonly point: GatePoint;
  /** Whether the user has confirmed what it may do to a user of a real org. The mock needs no confirmation. */
  readonly confirmed?: boolean | undefined;
  /** Most exchanges to hold; later ones pass. Default: no limit. */
  readonly limit?: number;
}

/** A fault that applies to the next matching exchanges. Each is named after what the client sees. */
export interface ArmedFault {
  readonly id: string;
  /** The requests that it applies to. */
  readonly on: NonNullable<FaultOptions['on']>;
  /** Number of requests it has applied to. */
  readonly fired: number;
  /** Resolves when it has applied for the first time. */
  readonly first: Promise<void>;
  disarm(): void;
}

/** Options of `Control.inject`. */
export interface FaultOptions {
  /** Whether the user has confirmed what it may do to a user of a real org. The mock needs no confirmation. */
  readonly confirmed?: boolean | undefined;
  /** Id of a fault: the name of its file. */
  readonly fault: string;
  /** Requests it applies to. Default: as the fault's file declares. */
  readonly on?: 'refresh' | 'code' | 'token' | 'resource' | 'revoke' | 'authorize';
  /** Number of requests it applies to, default 1; Infinity: until it is disarmed. */
  readonly times?: number;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
}

/** A token family, as `Control.families` returns it. */
export interface FamilyView {
  /** Label: `F#1`. */
  readonly id: string;
  readonly user: string;
  readonly alive: boolean;
  /** Generation of its newest refresh token. */
  readonly generation: number;
}

/** Settings of the app to switch on or off; omitted ones stay unchanged. */
export interface AppChange {
  readonly pkce?: boolean;
  readonly rotation?: boolean;
}

/** The commands of scenarios, the dashboard and the management port. Every change records a `control` event. */
export interface Control {
  setMode(mode: Mode): void;
  families(): readonly FamilyView[];
  /** Expires every access token issued so far (of one family if given): 401 INVALID_SESSION_ID. */
  expireAccessTokens(family?: string): void;
  /** Rejects the refresh token of every family (or of one) as expired from now on; access tokens become invalid too. */
  rejectRefreshTokens(family?: string, reason?: 'expired' | 'admin' | 'key-rotation' | 'approval-limit'): void;
  /** Sends a rotated refresh token as another party: reuse detection revokes the family with its access tokens. */
  replayOldToken(family?: string): void;
  /** Gives the app another secret: the old one is refused and everything issued so far is revoked. */
  rotateSecret(secret: string): void;
  /** Gives the app a second secret, as before a rotation. `both`: either is valid; `new`: only the second; undefined: only the first
   * again. Nothing is revoked. Without `secret` the second one is random, and no client has it. */
  stageSecret(valid: 'both' | 'new' | undefined, secret?: string): void;
  /** Switches PKCE or refresh token rotation on or off, now or in `afterMs` milliseconds, because settings need time to propagate.
   * Existing grants stay valid. */
  changeApp(change: AppChange, afterMs?: number): void;
  /** Lets `ms` milliseconds pass for refresh tokens and pending settings, without moving the clock. Refresh tokens that are then idle for
   * `idleLimitMs` have expired; default: the switch `refreshTokenIdleMs`. */
  age(ms: number, idleLimitMs?: number): void;
  /** Sets the status of a user, or of all users without a name: they cannot sign in, and refreshes are refused with Salesforce's errors.
   * Undefined: active again. Nothing is revoked, except for `frozen-user`: other tokens are valid again afterwards. */
  setUserStatus(status: UserStatus | undefined, user?: string): void;
  /** Advances the mock's clock, for the lifetimes of codes, tokens and sessions. It never goes back. */
  advance(ms: number): void;
  /** Sets the format of refresh tokens issued from now on; undefined: Salesforce's format. */
  shapeRefreshTokens(shape: { readonly length: number; readonly alphabet: string } | undefined): void;
  /** While on, every new connection to the login origin is reset, and open ones are ended, as in a network outage. The instance keeps
   * answering. */
  refuseConnections(on: boolean): void;
  /** Opens, at the first call, an origin with TLS whose certificate cannot be verified. Each connection to it is a `control` event
   * `untrusted-connection`; requests to it are recorded with `host: 'other'`. */
  openUntrusted(): Promise<string>;
  hold(options: GateOptions): Gate;
  inject(options: FaultOptions): ArmedFault;
  /** Returns the gates and faults that are armed, oldest first. */
  armed(): { readonly gates: readonly Gate[]; readonly faults: readonly ArmedFault[] };
  /** Opens all gates, disarms all faults, accepts connections, switches settings on, and makes all users active. */
  reset(): void;
}

/** A running mock; made by `start`. */
export interface Mock {
  /** Origin that replaces `https://login.salesforce.com`; no slash at the end. */
  readonly loginUrl: string;
  /** Origin of the org's instance, the `instance_url` of token answers; another port than `loginUrl`. */
  readonly instanceUrl: string;
  /** Every origin that is open, by host. */
  readonly hosts: Readonly<Record<'login' | 'instance', string>> & Readonly<Partial<Record<HostName, string>>>;
  /** With TLS: PEM file with the certificate of the authority that clients must trust. `close` removes it. */
  readonly caFile?: string | undefined;
  readonly org: { readonly id: string };
  readonly control: Control;
  /** The harness's browser sends this as the header `x-sf-conformance-browser: KEY;user=U1`; sign-in and consent are then answered
   * automatically for that user, and the exchange is recorded with `browser: true`. A proxy of the harness sends
   * `x-sf-conformance-source: KEY;ADDRESS`: that address counts as the client's. */
  readonly browserKey: string;
  /** Loads oidc-provider and creates the key that signs id_tokens; without it the first sign-in waits for them. */
  prepareSignIn(): Promise<void>;
  /** Number of open exchanges (arrived, not ended), including held ones. */
  readonly open: number;
  /** Number of open connections; undefined where they cannot be counted. */
  readonly connections?: number | undefined;
  /** Resolves `quietMs` after the last client exchange began or ended, once only held ones are open. */
  quiet(quietMs: number): Promise<void>;
  close(): Promise<void>;
}
