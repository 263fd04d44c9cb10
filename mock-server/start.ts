/** Starts a mock: the only way in. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createApp } from './app.ts';
import { assemble } from './assemble.ts';
import { createClock } from './clock.ts';
import { createControl } from './control.ts';
import { createTokenCodec } from './salesforce/token-codec.ts';
import { createOrg } from './salesforce/org.ts';
import { signingKey } from './salesforce/signing-key.ts';
import { createFailures, isOfConnection } from './http/failure.ts';
import { createFaults } from './faults/faults.ts';
import { createGates } from './gates/gates.ts';
import { readPublicKey } from './oauth/grants/public-key.ts';
import type { HostName } from './http/host.ts';
import type { Mock, MockOptions, Mode } from './mock.ts';
import { openOrigins } from './http/listeners.ts';
import type { MockContext } from './context.ts';
import { createUserStatuses } from './policy/user-status.ts';
import { readSwitches } from './policy/switches.ts';
import type { Exchange } from './recorder/exchange.ts';
import { createRecorder } from './recorder/recorder.ts';
import { correlationOf } from './recorder/correlation.ts';
import { noteRefused } from './http/unparsable-requests.ts';
import { createJobs } from './api/bulk/jobs.ts';
import { createRecords } from './api/data/records.ts';
import { readFixtures } from './api/data/fixtures.ts';
import { askAgain } from './api/rest/query.ts';
import { holdApp } from './token-families/app-lock.ts';
import { createTokenFamilies } from './token-families/token-families.ts';
import { presetOf } from './token-families/preset.ts';
import { createTokenLookup } from './token-families/token-lookup.ts';
import { createMemoryStore } from './store/memory.ts';
import type { Store } from './store/store.ts';
import type { Tenancy } from './tenants/tenancy.ts';
import { createJwtTokens } from './salesforce/jwt-token.ts';
import { HarnessError } from '../src/errors.ts';

/** A store of one's own instead of memory: for tests, and for several instances that share one. */
export interface StartOptions extends MockOptions {
  readonly store?: Store;
  /** For a tenant of a shared service, which may come alive on another machine: what is otherwise made up or opened at the start. */
  readonly tenancy?: Tenancy;
}

/** What the recorder calls the hosts: two that authorize are one to it, and what is neither that nor the instance is other. */
const RECORDED: Readonly<Record<HostName, Exchange['host']>> = {
  login: 'login',
  test: 'login',
  instance: 'instance',
  'my-domain': 'other',
  experience: 'other',
};

const newIdentity = (): Tenancy['identity'] => ({
  orgSeed: randomUUID(),
  tokenKey: randomBytes(32),
  cookieKey: randomBytes(24).toString('base64url'),
  browserKey: randomBytes(24).toString('base64url'),
});

/**
 * Starts a mock of one org and one app: a login origin and an instance origin, both ready when the promise resolves.
 *
 * @throws HarnessError `port-in-use`, `cannot-listen`, `not-loopback`, `unknown-rotation`, `unknown-switch`, `bad-switch`, `missing-secret`,
 * `bad-public-key`, `bad-fixture`
 */
export async function start(options: StartOptions): Promise<Mock> {
  const { record, now, redactor, tenancy } = options;
  const identity = tenancy?.identity ?? newIdentity();
  // Its own copy: the secret may be changed while the mock runs.
  const app = { ...options.app };
  if (app.client === 'confidential' && (app.clientSecret ?? '') === '') {
    throw new HarnessError('missing-secret', 'A confidential app without a secret.', 'Give the app a clientSecret.');
  }
  const preset = presetOf(options.rotation ?? 'salesforce');
  const switches = readSwitches(options.switches);
  const userStatuses = tenancy?.userStatuses ?? createUserStatuses();
  const publicKey = await readPublicKey(app.publicKey);
  const fixtures = await readFixtures(options.fixtures);
  const { now: clock, machineAheadMs, advance } = tenancy?.clock ?? createClock();
  // Several mocks of one run write one history: a family's label stands for one family.
  const store = options.store ?? createMemoryStore(clock, () => correlationOf(redactor).nextFamily());
  const { cookieKey, browserKey } = identity;
  const org = createOrg(identity.orgSeed);
  const jwt = switches.jwtAccessTokens ? createJwtTokens(identity.signingKey ?? (await signingKey())) : undefined;
  const tokenCodec = createTokenCodec(identity.tokenKey, org.shortId, jwt);
  const tokenFamilies = createTokenFamilies(store.families, record, tenancy?.families);
  const { takeover } = tenancy ?? {};
  if (takeover?.appHeld) holdApp(tokenFamilies, takeover.appHeld);
  const told = takeover && { remember: takeover.remember, park: takeover.park };
  const gates = createGates({ record, ...told, ...(takeover && { earlier: takeover.gates }) });
  const faults = createFaults({ record, ...told, ...(takeover && { earlier: takeover.faults }) });
  let mode: Mode = options.mode ?? 'strict';

  const complain = (error: unknown) => {
    // How its answer ended is in history.
    if (isOfConnection(error)) return;
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    record({ kind: 'note', text: redactor.redact(`The mock failed: ${text}`.slice(0, 2000)).text, harnessFault: true });
  };
  let hostOf: (localPort: number, request: IncomingMessage) => HostName | undefined = () => undefined;
  const recorder = createRecorder({
    record,
    now,
    redactor,
    app,
    browserKey,
    tokens: createTokenLookup({ tokenCodec, tokenFamilies, switches, clock }),
    hostOf: (port, request) => RECORDED[hostOf(port, request) ?? 'experience'],
    held: () => gates.held,
    ...(tenancy && { origins: tenancy.origins, settle: tenancy.settle }),
    ...(takeover && { resent: takeover.resent }),
  });

  const ready = Promise.withResolvers<(host: HostName) => MockContext>();
  // Nobody may be waiting yet when it fails; whoever asks for an answer then is told.
  ready.promise.catch(complain);
  const parts = async (localPort: number, request: IncomingMessage) =>
    (await ready.promise)(hostOf(localPort, request) ?? 'login');
  const failures = createFailures(complain);
  const handler = createApp({
    recorder: failures.around(recorder.middleware),
    ...{ parts, complain, cookieKey },
  }).callback();
  const listener: RequestListener = (...exchange) => void handler(...exchange);
  const origins =
    tenancy?.open(listener) ??
    (await openOrigins(listener, {
      host: options.host ?? '127.0.0.1',
      port: options.port ?? 0,
      instancePort: options.instancePort ?? 0,
      more: options.hosts ?? [],
      tls: options.tls ?? false,
      public: options.public ?? false,
      onRefused: noteRefused(record),
    }));
  hostOf = (localPort, request) => tenancy?.hostOf(request) ?? origins.hostOf(localPort);
  const records = createRecords({
    ...{ org, fixtures, clock, answer: askAgain(org) },
    ...(takeover && { remember: takeover.remember, earlier: takeover.records, since: takeover.since }),
  });
  assemble({
    ...{
      app,
      org,
      switches,
      userStatuses,
      preset,
      tokenCodec,
      tokenFamilies,
      gates,
      faults,
      redactor,
      record,
      clock,
      machineAheadMs,
      publicKey,
    },
    ...(jwt && { jwt }),
    records,
    jobs: createJobs({ records, clock, ...(takeover && { remember: takeover.remember, earlier: takeover.jobs }) }),
    mode: () => mode,
    models: store.models,
    urls: origins.urls,
    ...(identity.signingKey && { signingKey: identity.signingKey }),
    cookieKey,
    complain: failures.caught,
  }).then(ready.resolve, ready.reject);

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
      // Those of a tenant go on elsewhere.
      if (takeover === undefined) {
        gates.reset();
        faults.reset();
      }
      await origins.close();
      await tokenFamilies.idle();
    },
  };
}
