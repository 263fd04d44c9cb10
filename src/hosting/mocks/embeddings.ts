/** Where the mocks of a service listen: on ports of their own, or by host names on the port of the service. */
import type { IncomingMessage, RequestListener } from 'node:http';
import { createEmbedding, type Embedding } from '../../../mock-server/start.ts';
import type { Ports } from './ports.ts';

type Listen = Embedding['listen'];
type Origins = Awaited<ReturnType<Listen>>;
type HostName = keyof Origins['urls'];

export interface MockPlaces {
  /** Makes the surroundings of one mock of a run. */
  embed(run: string): Promise<Embedding>;
  /** Answers a request that was sent to a mock by its host name. False: no mock of this instance has that name. */
  answer: (...exchange: Parameters<RequestListener>) => boolean;
}

export interface MockPlacesOptions {
  /** Address that ports listen on. */
  readonly host: string;
  /** Public origin of the service: mocks have its scheme, and on ports its host name. */
  readonly url: URL;
  readonly ports: Ports;
  /** Every host name below it leads to the service; undefined: mocks have ports. */
  readonly base: string | undefined;
}

interface Named {
  readonly handler: RequestListener;
  readonly host: HostName;
  refusing: boolean;
}

/** Returns the places of the mocks of one instance. */
export function createMockPlaces({ host, url, ports, base }: MockPlacesOptions): MockPlaces {
  const names = new Map<string, Named>();
  const hostOf = ({ headers }: IncomingMessage): string => (headers.host ?? '').toLowerCase().replace(/:\d+$/u, '');

  /** Ports of its own, under the public host name. */
  const onPorts =
    (listen: Listen): Listen =>
    async (handler, options) => {
      const leased = ports.lease(2);
      const [port = 0, instancePort = 0] = leased;
      // Further hosts would need ports outside the range.
      const more = leased.some((one) => one > 0) ? [] : options.more;
      const own = { ...options, host, port, instancePort, more, public: true };
      const origins = await listen(handler, own).catch((error: unknown) => {
        ports.release(leased);
        throw error;
      });
      return {
        ...origins,
        urls: mapped(origins.urls, (origin) => publicOrigin(origin, url)),
        openUntrusted: async (onConnection) => publicOrigin(await origins.openUntrusted(onConnection), url),
        async close() {
          await origins.close();
          ports.release(leased);
        },
      };
    };

  /** Host names below `base`; ports that are not announced serve the origin with an unknown certificate. */
  const byName =
    (listen: Listen, label: string, domain: string): Listen =>
    async (handler, options) => {
      const origins = await listen(handler, { ...options, host, port: 0, instancePort: 0, public: true });
      const hosts = Object.keys(origins.urls) as HostName[];
      const nameOf = (name: HostName): string => `${name === 'login' ? label : `${label}-${name}`}.${domain}`;
      const port = url.port === '' ? '' : `:${url.port}`;
      for (const one of hosts) names.set(nameOf(one), { handler, host: one, refusing: false });
      return {
        ...origins,
        urls: mapped(origins.urls, (_, name) => `${url.protocol}//${nameOf(name)}${port}`),
        hostOf: (request) => names.get(hostOf(request))?.host ?? origins.hostOf(request),
        openUntrusted: async (onConnection) => publicOrigin(await origins.openUntrusted(onConnection), url),
        refuse(on) {
          const login = names.get(nameOf('login'));
          if (login !== undefined) login.refusing = on;
        },
        async close() {
          for (const one of hosts) names.delete(nameOf(one));
          await origins.close();
        },
      };
    };

  let mocks = 0;
  return {
    async embed(run) {
      const embedding = await createEmbedding();
      mocks += 1;
      const listen =
        base === undefined ? onPorts(embedding.listen) : byName(embedding.listen, `${run}-${String(mocks)}`, base);
      return { ...embedding, listen };
    },
    answer(request, response) {
      const named = names.get(hostOf(request));
      if (named === undefined) return false;
      if (named.refusing) request.socket.resetAndDestroy();
      else named.handler(request, response);
      return true;
    },
  };
}

function mapped(urls: Origins['urls'], change: (origin: string, name: HostName) => string): Origins['urls'] {
  const entries = Object.entries(urls).map(([name, origin]) => [name, change(origin, name as HostName)] as const);
  return Object.fromEntries(entries) as Record<HostName, string>;
}

function publicOrigin(origin: string, { hostname }: URL): string {
  const { protocol, port } = new URL(origin);
  return `${protocol}//${hostname}:${port}`;
}
