/** Provides addresses for the mocks of a service: ports of a range, or host names on the port of the service; reachable through any
 * instance. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createEmbedding, type Embedding } from '../../../mock-server/start.ts';
import { HarnessError } from '../../errors.ts';
import { clientAddress } from './client-address.ts';
import type { Elsewhere } from '../elsewhere.ts';
import { createInFlightLimit, type Share } from './in-flight.ts';
import { createListens, type Place } from './listens.ts';
import type { Instances } from '../store/instances.ts';

/** Says where mocks listen. */
export interface MockPlacesOptions {
  /** Address that ports listen on. */
  readonly host: string;
  /** Public origin of the service: mocks use its scheme and, on ports, its host name. */
  readonly url: URL;
  /** Range of ports, two for each mock; this instance listens on all of them. */
  readonly ports: { readonly first: number; readonly last: number } | undefined;
  /** Domain of which every host name resolves to the service; without it and `ports`, the system chooses ports. */
  readonly base: string | undefined;
  /** See `HostOptions.clientAddress`. */
  readonly clientAddress?: string | undefined;
  readonly instances: Pick<Instances, 'ownerOf' | 'portOwner' | 'leasePorts' | 'releasePorts'>;
  readonly elsewhere: Elsewhere;
  readonly complain: (error: unknown) => void;
}

/** Opens the ports of a range, if there is one. @throws HarnessError `port-in-use` */
export async function createMockPlaces(options: MockPlacesOptions) {
  const { host, url, ports, base, instances, elsewhere, complain } = options;
  const places = new Map<string, Place>();
  const servers: Server[] = [];
  const hostOf = ({ headers }: IncomingMessage): string => (headers.host ?? '').toLowerCase().replace(/:\d+$/u, '');
  /** Returns the host name, or the port of the range; behind a proxy the port in the Host header. */
  const keyOf = (request: IncomingMessage): string => {
    if (ports === undefined) return hostOf(request);
    const { localPort } = request.socket;
    return isIn(ports, localPort) ? String(localPort) : (/:(\d+)$/u.exec(request.headers.host ?? '')?.[1] ?? '');
  };

  const { onPorts, byName, onAnyPort } = createListens({ host, url, instances, places, keyOf, complain });

  /** Finds the instance whose mock has that name or port. */
  const ownerOf = async (key: string): Promise<URL | undefined> => {
    const run = /^(r[a-z2-9]{20})-/u.exec(key)?.[1] ?? '';
    const address = await (ports === undefined ? instances.ownerOf(run) : instances.portOwner(Number(key)));
    const owner = address === undefined ? undefined : new URL(address);
    if (owner !== undefined && ports !== undefined) owner.port = key;
    return owner;
  };
  const passOn = async (key: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      // A port is leased to one run after another.
      const owned = { key, owner: () => ownerOf(key), changes: ports !== undefined };
      if (await elsewhere.passOn(owned, [request, response])) return;
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('There is no mock here: its run has ended.\n');
    } catch (error) {
      complain(error);
      response.writeHead(503, { 'Content-Type': 'text/plain', 'Retry-After': '1' }).end('Try again.\n');
    }
  };
  const answer = (request: IncomingMessage, response: ServerResponse): boolean => {
    const key = keyOf(request);
    const place = places.get(key);
    if (place === undefined) {
      const isMocks = base === undefined ? isIn(ports, Number(key)) : key.endsWith(`.${base}`);
      if (isMocks && key !== url.hostname) void passOn(key, request, response);
      return isMocks && key !== url.hostname;
    }
    if (place.refusing) request.socket.resetAndDestroy();
    else place.handler(request, response);
    return true;
  };

  for (let port = ports?.first ?? 1; port <= (ports?.last ?? 0); port += 1) {
    servers.push(await listenOn(answer, host, port));
  }
  const limit = createInFlightLimit();
  let mocks = 0;
  return {
    /** Makes the surroundings of one mock of a run. */
    async embed(run: string, share: Share): Promise<Embedding> {
      const seen = options.clientAddress;
      const embedding = {
        ...(await createEmbedding()),
        sourceOf: seen === undefined ? undefined : clientAddress(seen),
      };
      const { listen } = embedding;
      mocks += 1;
      const place =
        base !== undefined
          ? byName(listen, `${run}-${String(mocks)}`, base)
          : ports === undefined
            ? onAnyPort(listen)
            : onPorts(listen, run, ports);
      return { ...embedding, listen: (handler, given) => place(limit(handler, share), given) };
    },
    /** Answers a request that was sent to a mock, here or at another instance. False: it is one to the service itself. */
    answer,
    close() {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

/** The places of all mocks of an instance. */
export type MockPlaces = Awaited<ReturnType<typeof createMockPlaces>>;

/** Listens on a port. @throws HarnessError `port-in-use` */
export async function listenOn(handler: RequestListener, host: string, port: number): Promise<Server> {
  const server = createServer(handler).listen(port, host);
  try {
    await once(server, 'listening');
    return server;
  } catch (cause) {
    const hint = 'Stop what listens there, or name another one with --port or --ports.';
    throw new HarnessError('port-in-use', `Port ${String(port)} of ${host} cannot be used.`, hint, { cause });
  }
}

const isIn = (range: MockPlacesOptions['ports'], port = 0): boolean =>
  range !== undefined && port >= range.first && port <= range.last;
