/** Creates what all hosts of one mock share: the org, its tokens, and the gates and faults. */
import type { AppSettings } from './app-settings.ts';
import { createJobs } from './api/bulk/jobs.ts';
import { createRecords } from './api/data/records.ts';
import type { SharedContext } from './context.ts';
import type { Embedding } from './embedding.ts';
import { createFaults } from './faults/faults.ts';
import { createGates } from './gates/gates.ts';
import type { MockOptions } from './mock.ts';
import { createUserStatuses } from './policy/user-status.ts';
import { createJwtTokens } from './salesforce/jwt-token.ts';
import { createOrg } from './salesforce/org.ts';
import { createTokenCodec } from './salesforce/token-codec.ts';
import type { MockSettings } from './settings.ts';
import type { Store } from './store/store.ts';
import { createAppLock } from './token-families/app-lock.ts';
import { createApprovals } from './token-families/approvals.ts';
import { createTokenFamilies } from './token-families/token-families.ts';

/** Options of `createSharedContext`. */
export interface SharedContextOptions {
  readonly settings: Pick<MockSettings, 'app' | 'preset' | 'switches' | 'publicKey' | 'fixtures'>;
  readonly embedding: Pick<Embedding, 'identity' | 'clock'>;
  readonly store: Store;
  readonly run: Pick<MockOptions, 'record' | 'redactor'>;
  readonly appSettings: Pick<AppSettings, 'mode' | 'rotation'>;
}

/** Creates the state of a mock that has not answered any request. */
export async function createSharedContext({
  settings,
  embedding,
  store,
  run,
  appSettings,
}: SharedContextOptions): Promise<SharedContext> {
  const { app, preset, switches, publicKey, fixtures } = settings;
  const { identity, clock: time } = embedding;
  const { record, redactor } = run;
  const { mode, rotation } = appSettings;
  const { now: clock, machineAheadMs } = time;
  const org = createOrg(identity.orgSeed);
  const jwt = switches.jwtAccessTokens ? createJwtTokens(await identity.signingKey()) : undefined;
  const tokenFamilies = createTokenFamilies(store.families, record);
  const records = createRecords({ org, fixtures, clock });
  return {
    ...{ app, preset, switches, publicKey, mode, rotation, record, redactor, clock, machineAheadMs },
    ...{ org, jwt, tokenFamilies, records },
    tokenCodec: createTokenCodec(identity.tokenKey, org.shortId, jwt),
    approvals: createApprovals(tokenFamilies, switches),
    appLock: createAppLock(switches),
    userStatuses: createUserStatuses(),
    gates: createGates({ record }),
    faults: createFaults({ record }),
    models: store.models,
    signingKey: identity.signingKey,
    cookieKey: identity.cookieKey,
    jobs: createJobs({ records, clock }),
  };
}
