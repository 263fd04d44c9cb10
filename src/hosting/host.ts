/** Starts one instance of the hosted service. */
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Koa from 'koa';
import { loadSigningKey } from '../../reports/integrity/signing-key.ts';
import { HarnessError } from '../errors.ts';
import { apiRouter } from './api/router.ts';
import { openRoutes } from './api/open-routes.ts';
import { organisationRoutes } from './api/organisation-routes.ts';
import { openApiOf } from './api/openapi.ts';
import { route, type Route } from './api/route.ts';
import { runRoutes } from './api/run-routes.ts';
import { createRequestCounts } from './metrics.ts';
import { createMockPlaces } from './mocks/embeddings.ts';
import { pages } from './pages/pages.ts';
import { createPorts } from './mocks/ports.ts';
import { createRegistry } from './runs/registry.ts';
import type { Service } from './service.ts';
import { newId } from './store/ids.ts';
import { createInstances } from './store/instances.ts';
import { openDatabase } from './store/open.ts';
import { createStore, type Store } from './store/store.ts';

export interface HostOptions {
  /** Folder of the service: its key, what runs write while they last, and the database unless `databaseUrl` names one. */
  readonly dir: string;
  readonly databaseUrl?: string | undefined;
  /** Address to listen on. */
  readonly host: string;
  /** 0: the system chooses. */
  readonly port: number;
  /** Public origin; default: address and port. */
  readonly url?: URL | undefined;
  /** Ports of mocks; absent and without `base`: the system chooses. */
  readonly ports?: { readonly first: number; readonly last: number } | undefined;
  /** Domain below which every host name leads to the service. */
  readonly base?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Structured log: one line each. */
  readonly log: (line: Readonly<Record<string, unknown>>) => void;
}

export interface Host {
  /** Public origin, without a slash at the end. */
  readonly origin: string;
  /** Token of the service itself, when the database had none. */
  readonly firstToken: string | undefined;
  /** Takes no new runs, lets those that go on end for at most `drainMs`, then stops. */
  close(drainMs: number): Promise<void>;
}

/** Returns the table of the API. */
export function routesOf(service: Service): readonly Route[] {
  const routes: Route[] = [...openRoutes(service), ...organisationRoutes(service), ...runRoutes(service)];
  const document = route({
    ...{ method: 'GET', path: '/v1/openapi.json', scope: undefined },
    summary: 'Returns this document.',
    handle: () => Promise.resolve({ value: openApiOf(routes, service.origin) }),
  });
  routes.push(document);
  return routes;
}

/** How often an instance records that it lives, in milliseconds. */
const BEAT_MS = 5_000;
/** How often runs that are no longer kept are deleted, in milliseconds. */
const RETENTION_MS = 3_600_000;

/** Starts an instance. @throws HarnessError `no-database`, `port-in-use`, `signing-key-unreadable` */
export async function startHost(options: HostOptions): Promise<Host> {
  const { dir, host, port, env, log } = options;
  const folder = join(dir, 'runs');
  // What a killed instance left behind.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { key } = await loadSigningKey({
    XDG_CONFIG_HOME: dir,
    ...(env['SF_CONFORMANCE_SIGNING_KEY'] !== undefined && {
      SF_CONFORMANCE_SIGNING_KEY: env['SF_CONFORMANCE_SIGNING_KEY'],
    }),
  });
  const db = await openDatabase({ url: options.databaseUrl, dir });
  const store = createStore(db);
  const late: { handler: RequestListener } = { handler: (_, response) => void response.writeHead(503).end() };
  const server = createServer((...exchange) => late.handler(...exchange));
  try {
    await listen(server, host, port);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const url = options.url ?? new URL(`http://${host}:${String((server.address() as AddressInfo).port)}`);
  const instance = newId('i');
  const places = createMockPlaces({ host, url, ports: createPorts(options.ports), base: options.base });
  const complain = (error: unknown): void =>
    log({
      level: 'error',
      message: error instanceof Error ? error.message : String(error),
      stack: error instanceof Error ? error.stack : undefined,
    });
  const registry = createRegistry({ store, places, key, instance, service: url.origin, dir: folder });
  const service: Service = { db, store, registry, key, complain, origin: url.origin, requests: createRequestCounts() };
  const app = createApp(service);
  const answer = app.callback();
  late.handler = (...exchange) => {
    if (!places.answer(...exchange)) void answer(...exchange);
  };
  const retention = setInterval(() => void store.deleteExpired(new Date()).catch(complain), RETENTION_MS);
  retention.unref();
  const own = createInstances(db, { id: instance, address: url.origin });
  await own.beat();
  const abandoned = await own.endAbandoned();
  if (abandoned > 0) log({ level: 'warn', message: 'ended runs of instances that are gone', runs: abandoned });
  const heartbeat = setInterval(
    () =>
      void own
        .beat()
        .then(() => own.endAbandoned())
        .catch(complain),
    BEAT_MS,
  );
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
      await own.leave().catch(complain);
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await db.destroy();
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
  app.use(apiRouter(routesOf(service), service));
  app.use(pages(service));
  return app;
}

/** Creates the first token of the service in a new database. */
async function administrator(store: Store): Promise<string | undefined> {
  if (await store.hasAdministrator()) return undefined;
  return (await store.createToken({ organisation: undefined, name: 'first', scopes: ['service'] })).token;
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const hint = 'Stop what listens there, or name another port with --port.';
    throw new HarnessError('port-in-use', `Port ${String(port)} of ${host} cannot be used.`, hint, { cause });
  }
}
