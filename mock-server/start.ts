/** Starts a mock: the only way in. */
import type { RequestListener } from 'node:http';
import { createApp } from './app.ts';
import { assemble } from './assemble.ts';
import { createControl } from './control.ts';
import { createEmbedding, type Embedding } from './embedding.ts';
import { createTokenCodec } from './salesforce/token-codec.ts';
import { createOrg } from './salesforce/org.ts';
import { answerFailures, isOfConnection } from './http/failure.ts';
import { createFaults } from './faults/faults.ts';
import { createGates } from './gates/gates.ts';
import { readPublicKey } from './oauth/public-key.ts';
import type { HostName } from './http/host.ts';
import type { Mock, MockOptions, Mode } from './mock.ts';
import { createUserStatuses } from './policy/user-status.ts';
import { readSwitches } from './policy/switches.ts';
import type { Exchange } from './recorder/exchange.ts';
import { createRecorder } from './recorder/recorder.ts';
import { noteRefused } from './http/unparsable-requests.ts';
import { createJobs } from './api/bulk/jobs.ts';
import { createRecords } from './api/data/records.ts';
import { readFixtures } from './api/data/fixtures.ts';
import { createAppLock } from './token-families/app-lock.ts';
import { createApprovals } from './token-families/approvals.ts';
import { createTokenFamilies } from './token-families/token-families.ts';
import { presetOf } from './token-families/preset.ts';
import { createTokenLookup } from './token-families/token-lookup.ts';
import { createMemoryStore } from './store/memory.ts';
import type { Store } from './store/store.ts';
import { createJwtTokens } from './salesforce/jwt-token.ts';
import { HarnessError } from '../src/errors.ts';

/** Options of a mock that runs inside another program. */
export interface StartOptions extends MockOptions {
  /** Default: everything in the memory of this process. */
  readonly store?: Store;
  /** Default: `createEmbedding()`. */
  readonly embedding?: Embedding;
}

/** What the recorder calls the hosts: two that authorize are one to it, and what is neither that nor the instance is other. */
const RECORDED: Readonly<Record<HostName, Exchange['host']>> = {
  login: 'login',
  test: 'login',
  instance: 'instance',
  'my-domain': 'other',
  experience: 'other',
};

/** Returns a listener that keeps requests until `set` gives it their handler: origins open before the application knows their URLs. */
function lateHandler() {
  const early: Parameters<RequestListener>[] = [];
  let handler: RequestListener = (...exchange) => void early.push(exchange);
  const listener: RequestListener = (...exchange) => {
    handler(...exchange);
  };
  const set = (given: RequestListener) => {
    handler = given;
    for (const exchange of early.splice(0)) given(...exchange);
  };
  return { listener, set };
}

/**
 * Starts a mock of one org and one app: a login origin and an instance origin, both ready when the promise resolves.
 *
 * @throws HarnessError `port-in-use`, `cannot-listen`, `not-loopback`, `unknown-rotation`, `unknown-switch`, `bad-switch`, `missing-secret`,
 * `bad-public-key`, `bad-fixture`
 */
export async function start(options: StartOptions): Promise<Mock> {
  const { record, now, redactor, correlation } = options;
  const { identity, clock: time, listen } = options.embedding ?? (await createEmbedding());
  // Its own copy: the secret may be changed while the mock runs.
  const app = { ...options.app };
  if (app.client === 'confidential' && (app.clientSecret ?? '') === '') {
    throw new HarnessError('missing-secret', 'A confidential app without a secret.', 'Give the app a clientSecret.');
  }
  const preset = presetOf(options.rotation ?? 'salesforce');
  const switches = readSwitches(options.switches);
  const userStatuses = createUserStatuses();
  const publicKey = await readPublicKey(app.publicKey);
  const fixtures = await readFixtures(options.fixtures);
  const { now: clock, machineAheadMs, advance } = time;
  // Several mocks of one run write one history: a family's label stands for one family.
  const store = options.store ?? createMemoryStore(clock, correlation.nextFamily);
  const { cookieKey, browserKey, signingKey } = identity;
  const org = createOrg(identity.orgSeed);
  const jwt = switches.jwtAccessTokens ? createJwtTokens(signingKey) : undefined;
  const tokenCodec = createTokenCodec(identity.tokenKey, org.shortId, jwt);
  const tokenFamilies = createTokenFamilies(store.families, record);
  const gates = createGates({ record });
  const faults = createFaults({ record });
  let mode: Mode = options.mode ?? 'strict';

  const complain = (error: unknown) => {
    // How its answer ended is in history.
    if (isOfConnection(error)) return;
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    record({ kind: 'note', text: redactor.redact(`The mock failed: ${text}`.slice(0, 2000)).text, harnessFault: true });
  };
  const late = lateHandler();
  const origins = await listen(late.listener, {
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    instancePort: options.instancePort ?? 0,
    more: options.hosts ?? [],
    tls: options.tls ?? false,
    public: options.public ?? false,
    onRefused: noteRefused(record),
  });
  const recorder = createRecorder({
    record,
    now,
    redactor,
    correlation,
    app,
    browserKey,
    tokens: createTokenLookup({ tokenCodec, tokenFamilies, switches, clock }),
    hostOf: (port) => RECORDED[origins.hostOf(port) ?? 'experience'],
    held: () => gates.held,
  });

  const records = createRecords({ org, fixtures, clock });
  const contextOf = assemble({
    ...{ app, org, switches, userStatuses, preset, tokenCodec, tokenFamilies, gates, faults, redactor, record, clock },
    approvals: createApprovals(tokenFamilies, switches),
    appLock: createAppLock(switches),
    ...{ machineAheadMs, publicKey, records, cookieKey, complain, signingKey },
    ...(jwt && { jwt }),
    jobs: createJobs({ records, clock }),
    mode: () => mode,
    models: store.models,
    urls: origins.urls,
  });
  const koa = createApp({
    recorder: answerFailures(recorder.middleware, complain),
    contextOf: (localPort) => contextOf(origins.hostOf(localPort) ?? 'login'),
    complain,
    cookieKey,
  });
  const answer = koa.callback();
  late.set((...exchange) => void answer(...exchange));

  return {
    loginUrl: origins.urls.login,
    instanceUrl: origins.urls.instance,
    hosts: origins.urls,
    ...(origins.caFile !== undefined && { caFile: origins.caFile }),
    org: { id: org.id },
    control: createControl({
      ...{ tokenFamilies, gates, faults, userStatuses, record, advance },
      setMode: (next) => (mode = next),
      shapeRefreshTokens: (shape) => {
        tokenCodec.shapeRefreshTokens(shape);
      },
      refuseConnections: (on) => {
        origins.refuse(on);
      },
      openUntrusted: (onConnection) => origins.openUntrusted(onConnection),
      setSecret: (secret) => {
        redactor.label('SECRET', secret);
        app.clientSecret = secret;
      },
    }),
    browserKey,
    get open() {
      return recorder.open;
    },
    quiet: (quietMs) => recorder.quiet(quietMs),
    async close() {
      gates.reset();
      faults.reset();
      await origins.close();
      await tokenFamilies.idle();
    },
  };
}
