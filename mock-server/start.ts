/** Creates the parts of a mock and connects them (the composition root). */
import { createAppSettings } from './app-settings.ts';
import { createApp } from './app.ts';
import { assemble } from './assemble.ts';
import { createControl } from './control.ts';
import { createEmbedding, type Embedding } from './embedding.ts';
import type { HostName } from './http/host.ts';
import { createLateListener } from './http/late-listener.ts';
import { reportFailures } from './http/report-failure.ts';
import { noteRefused } from './http/unparsable-requests.ts';
import type { Mock, MockOptions } from './mock.ts';
import type { Exchange } from './recorder/exchange.ts';
import { createRecorder } from './recorder/recorder.ts';
import { readSettings } from './settings.ts';
import { createSharedContext } from './shared-context.ts';
import { createMemoryStore } from './store/memory.ts';
import type { Store } from './store/store.ts';
import { createTokenLookup } from './recorder/token-lookup.ts';

export { createEmbedding, type Embedding } from './embedding.ts';

/** Options of a mock that runs inside another program. */
export interface StartOptions extends MockOptions {
  /** Default: the memory of this process. */
  readonly store?: Store;
  /** Default: `createEmbedding()`. */
  readonly embedding?: Embedding;
}

/** Names of hosts in the history: both login hosts are `login`; other hosts than login and instance are `other`. */
const RECORDED: Readonly<Record<HostName, Exchange['host']>> = {
  login: 'login',
  test: 'login',
  instance: 'instance',
  'my-domain': 'other',
  experience: 'other',
};

/**
 * Starts a mock of one org and one app: a login origin and an instance origin, both ready when the promise resolves.
 *
 * @throws HarnessError `port-in-use`, `cannot-listen`, `not-loopback`, and what `readSettings` throws
 */
export async function start(options: StartOptions): Promise<Mock> {
  const { record, now, redactor, correlation } = options;
  const settings = await readSettings(options);
  const embedding = options.embedding ?? (await createEmbedding());
  const { clock, identity } = embedding;
  const { browserKey } = identity;
  const store = options.store ?? createMemoryStore(clock.now, correlation.nextFamily);
  const appSettings = createAppSettings(clock.now, settings.mode);
  const shared = await createSharedContext({ settings, embedding, store, run: options, appSettings });
  const { app, org, gates, faults, tokenFamilies } = shared;

  const complain = reportFailures(record, redactor);
  const late = createLateListener();
  const origins = await embedding.listen(late.listener, { ...settings.origins, onRefused: noteRefused(record) });
  const { urls, caFile } = origins;
  const recorder = createRecorder({
    ...{ record, now, redactor, correlation, app, browserKey, hide: options.hide },
    sourceOf: embedding.sourceOf,
    tokens: createTokenLookup(shared),
    hostOf: (request) => RECORDED[origins.hostOf(request) ?? 'experience'],
    readsMultipart: settings.switches.multipartTokens === 'read',
    held: () => gates.held,
  });
  const contextOf = assemble({ shared, urls, complain });
  const koa = createApp({
    recorder,
    contextOf: (request) => contextOf(origins.hostOf(request) ?? 'login'),
    complain,
  });
  const answer = koa.callback();
  late.set((...exchange) => void answer(...exchange));

  return {
    loginUrl: urls.login,
    instanceUrl: urls.instance,
    hosts: urls,
    caFile,
    org: { id: org.id },
    control: createControl({ shared, app: settings.app, origins, clock, appSettings }),
    browserKey,
    async prepareSignIn() {
      await contextOf('login').provider();
    },
    get open() {
      return recorder.open;
    },
    get connections() {
      return origins.connections?.();
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
