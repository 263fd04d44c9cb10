/**
 * One instance of a shared service. Any instance takes any request: a tenant's host name says whose it is, and whoever owns the tenant answers. An owner that is
 * gone is followed by whoever is asked next, from what is kept in Redis.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { JWK } from 'oidc-provider';
import { openRedis } from '../store/redis-link.ts';
import type { EventBody } from '../../src/history/event.ts';
import { boundedPerConnection } from '../http/listener.ts';
import { TENANT_NAME, type Definition } from './definition.ts';
import { createAdmin } from './admin.ts';
import { drawIdentity, drawServiceKey } from './identity.ts';
import { createKeeper } from './keeper.ts';
import { createPassOn, HOP_HEADER, LEFT_HEADER, MOVED_HEADER, readWhole, type Outcome } from './pass-on.ts';
import { AWAY, refuse, TOO_MANY_AT_ONCE } from './refuse.ts';
import { sharedSigningKey } from './shared-key.ts';
import { openTenant, type Tenant } from './tenant.ts';

export interface InstanceOptions {
  /** `redis://127.0.0.1:6379` */
  readonly redis: string;
  /** Of the service: instances of one name share their tenants. Default `default`. */
  readonly name?: string;
  /** 32 bytes that all instances know and Redis does not. */
  readonly key: Buffer;
  readonly host?: string;
  readonly port?: number;
  /** What clients see: `https://mock.example` makes the tenant `acme` `https://acme.mock.example`. Default: this instance. */
  readonly publicUrl?: string;
  /** What lets the admin in, and what a front proves itself with: 16 to 128 letters, digits, `_`, `-`. Default: drawn from the key. */
  readonly adminKey?: string;
  readonly frontKey?: string;
  /** The first lines of a tenant's history, when its definition has none. */
  readonly begin?: (definition: Definition) => readonly EventBody[];
  /** How long a request waits for Redis, an outage included, before it is a 503. Default 10,000. */
  readonly deadlineMs?: number;
}

export interface Instance {
  /** Of this instance itself. */
  readonly address: string;
  /** Origins of a tenant. */
  urls(tenant: string): { readonly login: string; readonly instance: string };
  /** Lets in whoever manages tenants, as a bearer token. */
  readonly adminKey: string;
  /** Lets a front name its requests: header `x-sf-conformance-hop: KEY;id=…`. */
  readonly frontKey: string;
  /** Keeps everything, gives its tenants free, and stops listening. */
  close(): Promise<void>;
}

const RENEW_MS = 1_000;
const KEEP_MS = 75_000;
const MOST_MOVES = 8;
/** Requests of one tenant that are handed on at once: each is kept whole until it is answered. */
const MOST_PASSED_ON = 1_000;
const API = '--api';

type Place = { readonly kind: 'here'; readonly tenant: Tenant } | { readonly kind: 'there'; readonly by: string };

/** @throws HarnessError `store-unavailable`, `port-in-use` */
export async function startInstance(options: InstanceOptions): Promise<Instance> {
  const { key, name: service = 'default', host = '127.0.0.1' } = options;
  const { deadlineMs = 10_000 } = options;
  const link = await openRedis({ url: options.redis, deadlineMs });
  const keeper = createKeeper(link, service, key);
  const signingKey: JWK = await sharedSigningKey(link, service, key);
  let closing = false;
  const passOn = createPassOn(() => closing);
  const hopKey = drawServiceKey(key, 'hop');
  const { adminKey = drawServiceKey(key, 'admin'), frontKey = drawServiceKey(key, 'front') } = options;
  const server = createServer(boundedPerConnection((request, response) => void route(request, response)));
  // A front keeps its connections for long; one that is closed just when it is used looks like an instance that is gone.
  server.keepAliveTimeout = KEEP_MS;
  server.listen(options.port ?? 0, host);
  await once(server, 'listening');
  const address = `${host}:${String((server.address() as AddressInfo).port)}`;
  const me = `${address}#${randomUUID()}`;
  const base = new URL(options.publicUrl ?? `http://${address.replace(/^[^:]+/u, 'localhost')}`);
  const urls = (tenant: string) => {
    const at = (label: string) => `${base.protocol}//${label}.${base.host}`;
    return { login: at(tenant), instance: at(tenant + API) };
  };

  const here = new Map<string, Promise<Tenant>>();
  const holders = new Map<string, string>();
  /** Requests that are being handed on, by tenant. */
  const passingOn = new Map<string, number>();

  /** Finds the tenant or takes it over. Undefined when there is none of that name. */
  const find = async (name: string, dead?: string): Promise<Place | undefined> => {
    const mine = await here.get(name)?.catch(() => undefined);
    if (mine !== undefined) return { kind: 'here', tenant: mine };
    // Whoever else waited for the same may be taking it over by now.
    if (here.has(name)) return find(name, dead);
    const known = holders.get(name);
    if (known !== undefined && known !== dead) return { kind: 'there', by: known };
    const taking = Promise.withResolvers<Tenant>();
    taking.promise.catch(() => undefined);
    here.set(name, taking.promise);
    const drop = () => {
      if (here.get(name) === taking.promise) here.delete(name);
    };
    try {
      const acquired = await keeper.acquire(name, me, dead);
      if (acquired.kind !== 'yours') {
        drop();
        taking.reject(new Error('not here'));
        if (acquired.kind === 'none') return undefined;
        holders.set(name, acquired.by);
        return { kind: 'there', by: acquired.by };
      }
      holders.delete(name);
      const tenant = await openTenant({
        ...{ owned: acquired.owned, keeper, me, urls: urls(name), onLost: drop },
        identity: drawIdentity(key, `${service} ${name}`, signingKey),
        isInstance: (request) => labelOf(request)?.endsWith(API) === true,
      });
      taking.resolve(tenant);
      return { kind: 'here', tenant };
    } catch (error) {
      drop();
      taking.reject(error);
      throw error;
    }
  };

  const labelOf = (request: IncomingMessage): string | undefined => {
    const [label = '', ...rest] = (request.headers.host ?? '').toLowerCase().split('.');
    return rest.join('.') === base.host ? label : undefined;
  };

  const admin = createAdmin({ keeper, adminKey, urls, ...(options.begin && { begin: options.begin }) });

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const label = labelOf(request);
    if (label === undefined) {
      await admin.service(request, response);
      return;
    }
    const name = label.endsWith(API) ? label.slice(0, -API.length) : label;
    if (!TENANT_NAME.test(name)) {
      unknown(response);
      return;
    }
    const said = hopOf(request);
    const hop = said?.key === hopKey;
    const named = said !== undefined && (hop || said.key === frontKey);
    const id = named ? said.id : randomUUID();
    if (hop && request.headers[LEFT_HEADER] !== undefined) {
      void here.get(name)?.then(
        (tenant) => {
          tenant.left(id);
        },
        () => undefined,
      );
      response.writeHead(204).end();
      return;
    }
    let body: Buffer | undefined;
    let dead: string | undefined;
    for (let moves = 0; moves < MOST_MOVES; moves += 1) {
      const place = await find(name, dead);
      dead = undefined;
      if (place === undefined) {
        unknown(response);
        return;
      }
      if (place.kind === 'here' && body === undefined) {
        if (await admin.tenant(request, response, name, place.tenant, id)) return;
        const moved = await place.tenant.handle(request, response, named ? { id, handedOn: hop } : undefined);
        if (moved === undefined) return;
        body = moved.body;
        continue;
      }
      if (place.kind === 'there' && hop) {
        response.writeHead(421, { [MOVED_HEADER]: '1' }).end();
        return;
      }
      // How many may be answered at once is for its owner to say; here it is only a matter of memory.
      const passing = passingOn.get(name) ?? 0;
      if (passing >= MOST_PASSED_ON) {
        refuse(response, request.url ?? '', TOO_MANY_AT_ONCE);
        return;
      }
      passingOn.set(name, passing + 1);
      let outcome: Outcome;
      const by = place.kind === 'here' ? me : place.by;
      try {
        body ??= await readWhole(request);
        if (body === undefined) {
          refuse(response, '', { status: 413, errorCode: 'URL_NOT_RESET', message: 'The request is too large.' });
          return;
        }
        outcome = await passOn.pass({
          ...{ request, response, body, hop: `${hopKey};id=${id}` },
          ...{ address: by.split('#')[0] ?? '', owns: () => keeper.owns(name, by) },
        });
      } finally {
        passingOn.set(name, (passingOn.get(name) ?? 1) - 1);
        if (passingOn.get(name) === 0) passingOn.delete(name);
      }
      if (outcome === 'answered') return;
      holders.delete(name);
      if (outcome === 'gone') dead = by;
    }
    refuse(response, request.url ?? '', AWAY);
  };

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await serve(request, response);
    } catch {
      refuse(response, request.url ?? '', AWAY);
    }
  }

  const lose = async (taken: Promise<readonly string[]>) => {
    for (const name of await taken) (await here.get(name))?.lose();
  };
  const renewing = setInterval(() => {
    void lose(keeper.renew([...here.keys()], me)).catch(() => undefined);
  }, RENEW_MS);
  renewing.unref();

  return {
    address,
    urls,
    adminKey: admin.key,
    frontKey,
    async close() {
      closing = true;
      clearInterval(renewing);
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      for (const [name, tenant] of here) {
        await tenant.then((one) => one.close()).catch(() => undefined);
        await keeper.release(name, me).catch(() => undefined);
      }
      server.closeAllConnections();
      await closed;
      passOn.close();
      await link.close();
    },
  };
}

function unknown(response: ServerResponse): void {
  response
    .writeHead(404, { 'Content-Type': 'text/plain' })
    .end('There is no tenant of this name. This is a mock of Salesforce.\n');
}

/** `KEY;id=…`; taken out of the request, so that no tenant sees it. */
function hopOf(request: IncomingMessage): { readonly key: string; readonly id: string } | undefined {
  const value = request.headers[HOP_HEADER];
  Reflect.deleteProperty(request.headers, HOP_HEADER);
  for (let at = request.rawHeaders.length - 2; at >= 0; at -= 2)
    if (request.rawHeaders[at]?.toLowerCase() === HOP_HEADER) request.rawHeaders.splice(at, 2);
  const [, key = '', id = ''] =
    (typeof value === 'string' ? /^([\w-]{16,128});id=([\w-]{8,64})$/u.exec(value) : null) ?? [];
  return key === '' ? undefined : { key, id };
}
