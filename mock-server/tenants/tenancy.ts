/** What a tenant brings along that a mock of its own makes up or opens at the start. */
import type { IncomingMessage, RequestListener } from 'node:http';
import type { Context } from 'koa';
import type { JWK } from 'oidc-provider';
import type { Response } from '../../src/history/event.ts';
import type { Clock } from '../clock.ts';
import type { HostName } from '../http/host.ts';
import type { EarlierFault } from '../faults/earlier.ts';
import type { EarlierGate } from '../gates/earlier.ts';
import type { Origins as Ports } from '../http/listeners.ts';
import type { UserStatuses } from '../policy/user-status.ts';
import type { LoginTracker } from '../recorder/login-tracker.ts';
import type { Park, Resent } from '../recorder/resent.ts';
import type { JobEntry } from '../api/bulk/jobs.ts';
import type { RecordEntry } from '../api/data/records.ts';
import type { FamilyRecord } from '../token-families/family.ts';
import type { Remember } from './entry.ts';

export interface Tenancy {
  readonly identity: Identity;
  readonly clock: Clock;
  /** How users stood when it came alive; default: well. */
  readonly userStatuses?: UserStatuses;
  /** Families that were made before it came alive here. */
  readonly families: readonly FamilyRecord[];
  /** Logins that began before it came alive here. */
  readonly origins: LoginTracker;
  /** Takes the handler of all its requests, instead of ports of its own. */
  readonly open: (handler: RequestListener) => Ports;
  readonly hostOf: (request: IncomingMessage) => HostName | undefined;
  /** Resolves when all that was recorded so far is kept; the answer may leave. */
  /** Default: what is armed ends with this process. */
  readonly takeover?: Takeover;
  readonly settle: (ctx: Context, expected: Response) => Promise<void>;
}

/** What lets gates and faults, and what stands at them, outlive the process. */
export interface Takeover {
  /** ListenerEvents of every change of gates and faults. */
  readonly remember: Remember;
  readonly park: Park;
  readonly resent: Resent;
  /** What was armed before the tenant came alive here. */
  readonly gates: readonly EarlierGate[];
  readonly faults: readonly EarlierFault[];
  /** What clients have written and asked. */
  readonly records: readonly RecordEntry[];
  readonly jobs: readonly JobEntry[];
  /** Settles when the refresh that kept all others of the app out (switch `inFlightLock`) is over. */
  readonly appHeld?: Promise<void>;
  /** When the org was made: milliseconds of the epoch. */
  readonly since: number;
}

/** Who the org is: the same on every instance. */
export interface Identity {
  readonly orgSeed: string;
  readonly tokenKey: Buffer;
  readonly cookieKey: string;
  readonly browserKey: string;
  /** Absent: the key of this process. */
  readonly signingKey?: JWK;
}
