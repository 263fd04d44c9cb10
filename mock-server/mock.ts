/** The types that the rest of the software sees of the mock; `start` makes one. */
import type { Event, EventBody } from '../src/history/event.ts';
import type { HostName, MoreHost } from './http/host.ts';
import type { UserStatus } from './policy/user-status.ts';
import type { RequestCorrelation } from './recorder/correlation.ts';
import type { SecretRedactor } from './recorder/redaction/redactor.ts';

/** The partner's app as the mock knows it. */
export interface MockApp {
  /** What its pages call the app; absent: the client id. */
  readonly name?: string;
  readonly clientId: string;
  /** Confidential clients only; a public app may have one too, to distinguish a correct secret from a wrong one. */
  readonly clientSecret?: string;
  /** A second secret, while the mock runs: `Control.stageSecret`. */
  readonly stagedSecret?: { readonly secret: string; readonly alone: boolean } | undefined;
  readonly client: 'public' | 'confidential';
  /** Port 0 of a loopback address: any port (RFC 8252 §7.3). */
  readonly redirectUris: readonly string[];
  /** PEM of the certificate or the public key, or the JWK as JSON, that the app's assertions are verified with. */
  readonly publicKey?: string;
}

/** `strict`: the partner rule is enforced on the wire. `salesforce`: what the platform is known to accept is accepted.
 * `observing`: nothing but rotation is enforced (design, decision 3). */
export type Mode = 'strict' | 'salesforce' | 'observing';

export interface MockOptions {
  /** Default `127.0.0.1`. */
  readonly host?: string | undefined;
  /** Default 0: the system chooses. */
  readonly port?: number | undefined;
  /** Of the instance origin. Default 0: the system chooses. */
  readonly instancePort?: number | undefined;
  readonly app: MockApp;
  readonly mode?: Mode | undefined;
  /** Rotation preset, default `salesforce`. */
  readonly rotation?: string | undefined;
  /** Appends one event to the history and returns it with its number. */
  readonly record: (body: EventBody) => Event;
  /** Milliseconds since the run began, monotonic: the `t` of events. */
  readonly now: () => number;
  /** Labels of the run's secrets, from `createRedactor()`; one for all mocks of a run. */
  readonly redactor: SecretRedactor;
  /** Takes further secrets out of what a request shows of itself in history: those of the client's own environment. Verdicts do not read
   * them. Default: there are none. */
  readonly hide?: ((text: string) => string) | undefined;
  /** Earlier requests and numbers of the run, from `createCorrelation()`; one for all mocks of a run. */
  readonly correlation: RequestCorrelation;
  readonly switches?: Readonly<Record<string, string | boolean | number>> | undefined;
  /** HTTPS on every origin, with an authority made on the spot: `Mock.caFile`. Default false. */
  readonly tls?: boolean | undefined;
  /** Hosts that are opened besides login and instance, each on a port of its own. Default: none. */
  readonly hosts?: readonly MoreHost[] | undefined;
  /** Allows a `host` that others can reach. Default false. */
  readonly public?: boolean | undefined;
  /** Folder of `<SObject>.json` files, each a list of records that the org holds. */
  readonly fixtures?: string | undefined;
}

/** The places where the mock can hold an exchange, by what arrives there. */
export const GATE_POINTS = [
  /** The 401 of a resource request with an expired session, before it is sent. */
  'resource-denied',
  /** Any answer of the resource server, before it is sent. */
  'resource-answer',
  /** A refresh request, before it is looked at. */
  'refresh-request',
  /** A refresh answer after rotation was committed, before its first byte. */
  'refresh-answer',
  /** A refresh that was refused, before the refusal is sent. */
  'refresh-refusal',
  /** A code exchange, before it is looked at. */
  'code-request',
  /** A revocation request, before it is looked at. */
  'revoke-request',
] as const;

/** A place where the mock can hold an exchange. */
export type GatePoint = (typeof GATE_POINTS)[number];

/** One exchange that is held at a gate. */
export interface Held {
  readonly exchange: number;
  readonly connection: string;
  /** Label of the refresh or access token that it carries. */
  readonly token?: string | undefined;
  /** Lets it go on. A second call does nothing. */
  open(): void;
  /** Resolves when its response has ended, delivered or not. */
  readonly ended: Promise<void>;
}

export interface Gate {
  readonly id: string;
  /** In order of arrival; stays in the list after it was opened. */
  readonly held: readonly Held[];
  /** Resolves when `count` exchanges have arrived since the gate was armed, or `quietMs` after the last arrival (counted from
   * the call of this function when nothing has arrived yet). Resolves with what is held and not yet open. */
  settled(count: number, quietMs: number): Promise<readonly Held[]>;
  /** Resolves at the next arrival, or with undefined when the gate is closed. */
  next(): Promise<Held | undefined>;
  /** No more requests arrive here. */
  readonly closed: boolean;
  /** Opens everything that is held in order of arrival, in one tick; later arrivals pass. */
  close(): void;
}

export interface GateOptions {
  readonly point: GatePoint;
  /** A person agreed to what it may do to a user of a real org. The mock needs no agreement. */
  readonly confirmed?: boolean | undefined;
  /** Hold at most so many, let later ones pass. Default: no limit. */
  readonly limit?: number;
}

/** What a fault does to the next matching exchanges. Each is a file of `faults/`, named for what the client sees. */
export interface ArmedFault {
  readonly id: string;
  /** What it waits for. */
  readonly on: NonNullable<FaultOptions['on']>;
  /** How often it has fired. */
  readonly fired: number;
  /** Resolves when it has fired for the first time. */
  readonly first: Promise<void>;
  disarm(): void;
}

export interface FaultOptions {
  /** A person agreed to what it may do to a user of a real org. The mock needs no agreement. */
  readonly confirmed?: boolean | undefined;
  /** Id of a fault: the name of its file. */
  readonly fault: string;
  /** Default: the endpoint that the fault's file declares. */
  readonly on?: 'refresh' | 'code' | 'token' | 'resource' | 'revoke' | 'authorize';
  /** How often it fires, default 1; Infinity until it is disarmed. */
  readonly times?: number;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
}

export interface FamilyView {
  /** `F#1`. */
  readonly id: string;
  readonly user: string;
  readonly alive: boolean;
  /** Generation of its newest refresh token. */
  readonly generation: number;
}

/** Settings of the app that are switched on or off; those that are left out stay as they are. */
export interface AppChange {
  readonly pkce?: boolean;
  readonly rotation?: boolean;
}

/** What scenarios, the dashboard and the management port can do. Every call that changes something writes a `control` event. */
export interface Control {
  setMode(mode: Mode): void;
  families(): readonly FamilyView[];
  /** Every access token issued so far is dead from now on: 401 INVALID_SESSION_ID. Of one family when named. */
  expireAccessTokens(family?: string): void;
  /** The refresh token of every family (or of one) is rejected from now on, as expired; access tokens die too. */
  rejectRefreshTokens(family?: string, reason?: 'expired' | 'admin' | 'key-rotation' | 'approval-limit'): void;
  /** Another party sends a rotated-out token: reuse detection revokes the family, including its access tokens. */
  replayOldToken(family?: string): void;
  /** The app is given another secret: the old one is refused and everything that was issued so far is revoked (facts, section 5.6). */
  rotateSecret(secret: string): void;
  /** The app is given a second secret, as before a rotation. `both`: either is valid; `new`: only the second one; undefined: only the first
   * again. Nothing is revoked. Without `secret` the second one is random, and no client has it. */
  stageSecret(valid: 'both' | 'new' | undefined, secret?: string): void;
  /** Switches PKCE or refresh token rotation on or off, now or in `afterMs` milliseconds: settings need time to propagate. Grants live on. */
  changeApp(change: AppChange, afterMs?: number): void;
  /** Lets `ms` milliseconds pass for refresh tokens and for settings that propagate, without moving the clock. Refresh tokens that were not
   * used for `idleLimitMs` by then have expired; default: the switch `refreshTokenIdleMs`. */
  age(ms: number, idleLimitMs?: number): void;
  /** Sets the status of a user in the org, or of all users when no name is given: they cannot sign in, and refreshes are refused with the platform's errors.
   * Undefined: in good standing again. Nothing is revoked, but for `frozen-user`: other tokens are good again afterwards. */
  setUserStatus(status: UserStatus | undefined, user?: string): void;
  /** Puts the mock's own clock forward: codes, tokens and sessions grow older at once. Never back. */
  advance(ms: number): void;
  /** Refresh tokens issued from now on are drawn so; undefined: in Salesforce's shape again. */
  shapeRefreshTokens(shape: { readonly length: number; readonly alphabet: string } | undefined): void;
  /** While on, every connection to the login origin is reset as soon as it is made, and open ones are ended: an outage of the network.
   * The instance goes on answering. */
  refuseConnections(on: boolean): void;
  /** An origin with TLS whose certificate cannot be verified, opened at the first call. Each connection to it is a `control` event
   * `untrusted-connection`; what is sent there is recorded with `host: 'other'`. */
  openUntrusted(): Promise<string>;
  hold(options: GateOptions): Gate;
  inject(options: FaultOptions): ArmedFault;
  /** Gates, faults and settings that affect requests now, oldest first. */
  armed(): { readonly gates: readonly Gate[]; readonly faults: readonly ArmedFault[] };
  /** Opens all gates, disarms all faults, accepts connections, switches settings on; everybody is in good standing. */
  reset(): void;
}

export interface Mock {
  /** Origin that stands in for `https://login.salesforce.com`; no slash at the end. */
  readonly loginUrl: string;
  /** Origin of the org's instance, the `instance_url` of token answers; another port than `loginUrl`. */
  readonly instanceUrl: string;
  /** Every origin that is open, by host. */
  readonly hosts: Readonly<Record<'login' | 'instance', string>> & Readonly<Partial<Record<HostName, string>>>;
  /** With TLS: a PEM file with the certificate of the authority that clients have to trust. Removed by `close`. */
  readonly caFile?: string | undefined;
  readonly org: { readonly id: string };
  readonly control: Control;
  /** The harness's browser sends this as the header `x-sf-conformance-browser: KEY;user=U1`; sign-in and consent are then
   * answered by themselves for that user, and the exchange is recorded with `browser: true`. A proxy of the harness sends
   * `x-sf-conformance-source: KEY;ADDRESS`: that address counts as the client's. */
  readonly browserKey: string;
  /** How many exchanges are open (arrived, not ended). Held ones count. */
  readonly open: number;
  /** Resolves `quietMs` after the last client exchange began or ended, once none but held ones is open. */
  quiet(quietMs: number): Promise<void>;
  close(): Promise<void>;
}
