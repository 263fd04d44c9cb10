/** Starts one instance of the hosted service. */
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import type { KeyObject } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import Koa from 'koa';
import { publicKeyOf } from '../../reports/integrity/signature.ts';
import { loadSigningKey } from '../../reports/integrity/signing-key.ts';
import { apiRouter } from './api/router.ts';
import { openRoutes } from './api/open-routes.ts';
import { organisationRoutes } from './api/organisation-routes.ts';
import { openApiOf } from './api/openapi.ts';
import { route, type Route } from './api/route.ts';
import { runRoutes } from './api/run-routes.ts';
import { webhookRoutes } from './api/webhook-routes.ts';
import { createElsewhere } from './elsewhere.ts';
import { createRequestCounts } from './metrics.ts';
import { createMockPlaces, listenOn } from './mocks/embeddings.ts';
import { pages } from './pages/pages.ts';
import { createRegistry } from './runs/registry.ts';
import { reportSoFar } from './runs/report-so-far.ts';
import type { Service } from './service.ts';
import { createOpenId, type OpenIdSettings } from './sign-in/openid.ts';
import { newId } from './store/ids.ts';
import { createInstances } from './store/instances.ts';
import { openDatabase, type Database } from './store/open.ts';
import { createStore, type Store } from './store/store.ts';
import { createSender } from './webhooks/sender.ts';

/** Options of `startHost`. */
export interface HostOptions {
  /** Folder of the service: its key, the files of active runs, and the database unless `databaseUrl` names one. */
  readonly dir: string;
  readonly databaseUrl?: string | undefined;
  /** Address to listen on. */
  readonly host: string;
  /** Port to listen on; 0: chosen by the system. */
  readonly port: number;
  /** Public origin; default: address and port. */
  readonly url?: URL | undefined;
  /** Origin at which other instances reach this one; default: its address and port. */
  readonly instanceUrl?: URL | undefined;
  /** Milliseconds without a sign of life after which an instance counts as gone; default: 30 s. */
  readonly goneMs?: number | undefined;
  /** Ports for mocks; without it and `base`, the system chooses them. */
  readonly ports?: { readonly first: number; readonly last: number } | undefined;
  /** Source of a client's address: `connection`, or the header that the proxy in front writes. Default: the address is not recorded. */
  readonly clientAddress?: string | undefined;
  /** Domain of which every host name resolves to the service. */
  readonly base?: string | undefined;
  /** Where people sign in. */
  readonly openId?: OpenIdSettings | undefined;
  /** See `Service`. */
  readonly privateWebhooks?: boolean | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Writes one line of the structured log. */
  readonly log: (line: Readonly<Record<string, unknown>>) => void;
}

/** A running instance; made by `startHost`. */
export interface Host {
  /** Public origin, without a slash at the end. */
  readonly origin: string;
  /** Token of the service's administrator, when the database had none. */
  readonly firstToken: string | undefined;
  /** Accepts no new runs, lets active ones end within `drainMs`, then stops. */
  close(drainMs: number): Promise<void>;
}

/** Returns the table of the API. */
export function routesOf(service: Service): readonly Route[] {
  const routes: Route[] = [
    ...openRoutes(service),
    ...organisationRoutes(service),
    ...runRoutes(service),
    ...webhookRoutes(service),
  ];
  const document = route({
    ...{ method: 'GET', path: '/v1/openapi.json', scope: undefined },
    summary: 'Returns this document.',
    handle: () => Promise.resolve({ value: openApiOf(routes, service.origin) }),
  });
  routes.push(document);
  return routes;
}

/** Default of `goneMs`; an instance reports itself six times as often. */
const GONE_MS = 30_000;
/** Interval in milliseconds at which expired runs are deleted. */
const RETENTION_MS = 3_600_000;

/** Starts an instance. @throws HarnessError `no-database`, `port-in-use`, `signing-key-unreadable` */
export async function startHost(options: HostOptions): Promise<Host> {
  const { dir, env, goneMs = GONE_MS } = options;
  const folder = join(dir, 'runs');
  // Files that a killed instance left behind.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { SF_CONFORMANCE_SIGNING_KEY } = env;
  const { key } = await loadSigningKey({ XDG_CONFIG_HOME: dir, SF_CONFORMANCE_SIGNING_KEY });
  const db = await openDatabase({ url: options.databaseUrl, dir });
  const store = createStore(db);
  const stop: (() => unknown)[] = [() => db.destroy()];
  const stopAll = async (): Promise<void> => {
    for (const one of stop.toReversed()) await one();
  };
  try {
    const started = await startInstance({ ...options, goneMs, folder, key, db, store, stop });
    return {
      ...started,
      async close(drainMs) {
        await started.close(drainMs);
        await stopAll();
      },
    };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

interface InstanceParts extends HostOptions {
  readonly goneMs: number;
  /** Folder for the files of active runs. */
  readonly folder: string;
  readonly key: KeyObject;
  readonly db: Database;
  readonly store: Store;
  /** Collects the functions that stop each started part. */
  readonly stop: (() => unknown)[];
}

async function startInstance(parts: InstanceParts): Promise<Host> {
  const { host, port, log, goneMs, folder, key, db, store, stop } = parts;
  const late: { handler: RequestListener } = { handler: (_, response) => void response.writeHead(503).end() };
  const server = await listenOn((...exchange) => late.handler(...exchange), host, port);
  stop.push(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });
  const own = new URL(`http://${host}:${String((server.address() as AddressInfo).port)}`);
  const url = parts.url ?? own;
  const instance = newId('i');
  const complain = (error: unknown): void =>
    log({
      level: 'error',
      message: error instanceof Error ? error.message : String(error),
      stack: error instanceof Error ? error.stack : undefined,
    });
  const address = (parts.instanceUrl ?? reachable(own)).origin;
  const described = { id: instance, address, publicKey: publicKeyOf(key), goneMs };
  const instances = createInstances(db, described);
  await instances.join();
  stop.push(() => instances.leave().catch(complain));
  const elsewhere = createElsewhere();
  stop.push(() => elsewhere.close());
  const { ports, base, clientAddress } = parts;
  const places = await createMockPlaces({ host, url, ports, base, clientAddress, instances, elsewhere, complain });
  stop.push(() => places.close());
  const { privateWebhooks = false } = parts;
  const sendDue = createSender({ deliveries: store.deliveries, key, origin: url.origin, privateWebhooks });
  const send = (): Promise<void> => sendDue().catch(complain);
  const registry = createRegistry({
    ...{ store, places, key, instance, service: url.origin, dir: folder, complain },
    onEnded: () => void send(),
  });
  const service: Service = {
    ...{ db, store, registry, key, complain, origin: url.origin, requests: createRequestCounts() },
    privateWebhooks,
    openId: parts.openId && createOpenId(parts.openId, `${url.origin}/sign-in/callback`),
    async passOn(run, { req, res }) {
      if (registry.has(run)) return false;
      const owner = async (): Promise<URL | undefined> => asUrl(await instances.ownerOf(run));
      return elsewhere.passOn({ key: run, owner, changes: false }, [req, res]);
    },
  };
  const app = createApp(service);
  const answer = app.callback();
  late.handler = (...exchange) => {
    if (!places.answer(...exchange)) void answer(...exchange);
  };
  const retention = setInterval(() => void store.deleteExpired(new Date()).catch(complain), RETENTION_MS);
  retention.unref();
  const endAbandoned = async (): Promise<void> => {
    await instances.beat();
    const runs = await instances.endAbandoned(registry.active);
    if (runs.length === 0) return;
    log({ level: 'warn', message: 'ended runs whose instance is gone', runs: runs.map(({ id }) => id) });
    await reportSoFar({ store, key, dir: folder }, runs).catch(complain);
  };
  await endAbandoned();
  const heartbeat = setInterval(() => {
    void endAbandoned().catch(complain);
    void send();
  }, goneMs / 6);
  heartbeat.unref();
  const firstToken = await administrator(store);
  log({ level: 'info', message: 'listening', origin: url.origin, instance });
  return {
    origin: url.origin,
    firstToken,
    async close(drainMs) {
      log({ level: 'info', message: 'draining', runs: registry.open });
      clearInterval(retention);
      await registry.drain(drainMs);
      clearInterval(heartbeat);
      await send();
    },
  };
}

function createApp(service: Service): Koa {
  const app = new Koa();
  app.silent = true;
  app.use(async (ctx, next) => {
    await next();
    service.requests.count(ctx.status);
  });
  const api = routesOf(service);
  app.use(apiRouter(api, service));
  app.use(pages(service, api));
  return app;
}

/** Creates the administrator's token in a new database. */
async function administrator(store: Store): Promise<string | undefined> {
  if (await store.hasAdministrator()) return undefined;
  return (await store.createToken({ organisation: undefined, name: 'first', scopes: ['service'] })).token;
}

/** Returns where others reach what listens at `url`, which may be all addresses. */
function reachable(url: URL): URL {
  const address = new URL(url);
  if (['0.0.0.0', '[::]'].includes(url.hostname)) address.hostname = hostname();
  return address;
}

const asUrl = (text: string | undefined): URL | undefined => (text === undefined ? undefined : new URL(text));
