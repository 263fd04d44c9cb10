/** Defines the context of every request handler of the mock. */
import type Provider from 'oidc-provider';
import type { Event, EventBody } from '../src/history/event.ts';
import type { SigningKey } from './salesforce/signing-key.ts';
import type { JwtTokens } from './salesforce/jwt-token.ts';
import type { TokenCodec } from './salesforce/token-codec.ts';
import type { Org } from './salesforce/org.ts';
import type { Faults } from './faults/faults.ts';
import type { Gates } from './gates/gates.ts';
import type { PublicKey } from './oauth/public-key.ts';
import type { HostName } from './http/host.ts';
import type { MockApp, Mode } from './mock.ts';
import type { UserStatuses } from './policy/user-status.ts';
import type { Switches } from './switches/switches.ts';
import type { SecretRedactor } from './recorder/redaction/redactor.ts';
import type { Jobs } from './api/bulk/jobs.ts';
import type { Records } from './api/data/records.ts';
import type { AppLock } from './token-families/app-lock.ts';
import type { Approvals } from './token-families/approvals.ts';
import type { TokenFamilies } from './token-families/token-families.ts';
import type { Preset } from './token-families/preset.ts';
import type { ModelStore } from './store/store.ts';

/** What all hosts of one mock share. */
export interface SharedContext {
  readonly app: MockApp;
  readonly org: Org;
  /** Returns the current mode. */
  readonly mode: () => Mode;
  /** Returns whether refresh token rotation is currently switched on. */
  readonly rotation: () => boolean;
  readonly switches: Switches;
  readonly userStatuses: UserStatuses;
  readonly preset: Preset;
  readonly tokenCodec: TokenCodec;
  readonly tokenFamilies: TokenFamilies;
  readonly approvals: Approvals;
  readonly appLock: AppLock;
  readonly gates: Gates;
  readonly faults: Faults;
  readonly redactor: SecretRedactor;
  readonly record: (body: EventBody) => Event;
  /** Sessions, codes and other models, stored by name with an expiry. */
  readonly models: ModelStore;
  /** Records of the org. */
  readonly records: Records;
  /** Jobs of the Bulk APIs. */
  readonly jobs: Jobs;
  /** Creates and reads access tokens that are JWTs; undefined unless the switch is on. */
  readonly jwt: JwtTokens | undefined;
  /** Resolves with the key that signs id_tokens; the first call makes it. */
  readonly signingKey: () => Promise<SigningKey>;
  /** Key that signs the cookies of the sign-in pages. */
  readonly cookieKey: string;
  /** Verifies the app's assertions; undefined when the app has no key. */
  readonly publicKey: PublicKey | undefined;
  /** Returns milliseconds of the epoch by the mock's clock. */
  readonly clock: () => number;
  /** Returns how far this machine's clock is ahead of the mock's in milliseconds, without `advance`. */
  readonly machineAheadMs: () => number;
}

/** The context of a request handler: what all hosts share, and the host of the request. */
export interface MockContext extends SharedContext {
  /** Resolves with oidc-provider for this host; the first call loads it. */
  readonly provider: () => Promise<Provider>;
  readonly host: HostName;
  /** Origin of the host, which is the issuer. Origins have no slash at the end. */
  readonly issuer: string;
  /** Path of an Experience site below its host: `/partners`; empty at the root and on other hosts. */
  readonly sitePath: string;
  /** Origin of identity URLs. */
  readonly loginUrl: string;
  readonly instanceUrl: string;
}
