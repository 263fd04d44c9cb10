/** What the endpoints of one mock share, as one of its hosts sees it. */
import type Provider from 'oidc-provider';
import type { Event, EventBody } from '../src/history/event.ts';
import type { JwtTokens } from './salesforce/jwt-token.ts';
import type { TokenCodec } from './salesforce/token-codec.ts';
import type { Org } from './salesforce/org.ts';
import type { Faults } from './faults/faults.ts';
import type { Gates } from './gates/gates.ts';
import type { PublicKey } from './oauth/public-key.ts';
import type { HostName } from './http/host.ts';
import type { MockApp, Mode } from './mock.ts';
import type { UserStatuses } from './policy/user-status.ts';
import type { Switches } from './policy/switches.ts';
import type { SecretRedactor } from './recorder/redactor.ts';
import type { Jobs } from './api/bulk/jobs.ts';
import type { Records } from './api/data/records.ts';
import type { AppLock } from './token-families/app-lock.ts';
import type { Approvals } from './token-families/approvals.ts';
import type { TokenFamilies } from './token-families/token-families.ts';
import type { Preset } from './token-families/preset.ts';
import type { ModelStore } from './store/store.ts';

export interface MockContext {
  readonly app: MockApp;
  readonly org: Org;
  /** The host that the request came to. */
  readonly host: HostName;
  /** Origins without a slash at the end. The issuer is the origin of the host itself; identity URLs begin with `loginUrl`. */
  readonly issuer: string;
  /** Path of an Experience site below its host: `/partners`; the empty text at the root and on other hosts. */
  readonly sitePath: string;
  readonly loginUrl: string;
  readonly instanceUrl: string;
  /** As it is at the moment of asking. */
  readonly mode: () => Mode;
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
  readonly provider: Provider;
  /** Sessions, codes and what else is kept by name and for a time. */
  readonly models: ModelStore;
  /** What the org holds. */
  readonly records: Records;
  /** What the Bulk APIs work at. */
  readonly jobs: Jobs;
  /** Makes and reads access tokens that are JWTs; absent unless the switch is on. */
  readonly jwt?: JwtTokens;
  /** What the app signs its assertions with; undefined when the app has none. */
  readonly publicKey: PublicKey | undefined;
  /** The mock's own clock: milliseconds of the epoch. */
  readonly clock: () => number;
  /** How far the clock of this machine is ahead of it, but for what it was put forward. */
  readonly machineAheadMs: () => number;
}
