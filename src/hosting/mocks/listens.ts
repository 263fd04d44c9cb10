/** Makes a mock of the service listen: on ports of a range, by host names, or on ports that the system chooses. */
import type { IncomingMessage, RequestListener } from 'node:http';
import type { Embedding } from '../../../mock-server/start.ts';
import type { Instances } from '../store/instances.ts';

type Listen = Embedding['listen'];
type Origins = Awaited<ReturnType<Listen>>;
type HostName = keyof Origins['urls'];

/** The mock at a host name or port. */
export interface Place {
  readonly handler: RequestListener;
  readonly host: HostName;
  refusing: boolean;
}

interface Names {
  keyOf(host: HostName): string;
  urlOf(host: HostName): string;
  /** Whether the mock can have no further hosts, which would need ports outside the range. */
  readonly onlyTwo: boolean;
}

/** Options of `createListens`. */
export interface ListensOptions {
  /** Address that ports listen on. */
  readonly host: string;
  /** Public origin of the service. */
  readonly url: URL;
  readonly instances: Pick<Instances, 'leasePorts' | 'releasePorts'>;
  readonly complain: (error: unknown) => void;
  /** Places of mocks by key; entries are added and removed. */
  readonly places: Map<string, Place>;
  /** Returns the key of the place that a request was sent to. */
  readonly keyOf: (request: IncomingMessage) => string;
}

/** Returns the three ways to listen. */
export function createListens({ host, url, instances, places, keyOf, complain }: ListensOptions) {
  /** Registers the keys that lead to the mock; its own ports are not announced, except the origin with an unknown certificate. */
  const announced = async (listen: Listen, names: Names, ...[handler, given]: Parameters<Listen>): Promise<Origins> => {
    const more = names.onlyTwo ? [] : given.more;
    const origins = await listen(handler, { ...given, host, port: 0, instancePort: 0, more, public: true });
    const hosts = Object.keys(origins.urls) as HostName[];
    for (const one of hosts) places.set(names.keyOf(one), { handler, host: one, refusing: false });
    return {
      ...origins,
      urls: mapped(origins.urls, (_, name) => names.urlOf(name)),
      hostOf: (request) => places.get(keyOf(request))?.host ?? origins.hostOf(request),
      openUntrusted: async (onConnection) => publicOrigin(await origins.openUntrusted(onConnection), url),
      refuse(on) {
        const login = places.get(names.keyOf('login'));
        if (login !== undefined) login.refusing = on;
      },
      async close() {
        for (const one of hosts) places.delete(names.keyOf(one));
        await origins.close();
      },
    };
  };

  const onPorts =
    (listen: Listen, run: string, range: { readonly first: number; readonly last: number }): Listen =>
    async (handler, given) => {
      const leased = await instances.leasePorts(run, range);
      const portOf = (name: HostName): string => String(leased[name === 'login' ? 0 : 1]);
      const urlOf = (name: HostName): string => `${url.protocol}//${url.hostname}:${portOf(name)}`;
      const origins = await announced(listen, { keyOf: portOf, urlOf, onlyTwo: true }, handler, given);
      return {
        ...origins,
        async close() {
          await origins.close();
          await instances.releasePorts(leased).catch(complain);
        },
      };
    };
  const byName = (listen: Listen, label: string, domain: string): Listen => {
    const nameOf = (name: HostName): string => `${name === 'login' ? label : `${label}-${name}`}.${domain}`;
    const port = url.port === '' ? '' : `:${url.port}`;
    const urlOf = (name: HostName): string => `${url.protocol}//${nameOf(name)}${port}`;
    return (...given) => announced(listen, { keyOf: nameOf, urlOf, onlyTwo: false }, ...given);
  };
  const onAnyPort =
    (listen: Listen): Listen =>
    async (handler, given) => {
      const origins = await listen(handler, { ...given, host, port: 0, instancePort: 0, public: true });
      return {
        ...origins,
        urls: mapped(origins.urls, (origin) => publicOrigin(origin, url)),
        openUntrusted: async (onConnection) => publicOrigin(await origins.openUntrusted(onConnection), url),
      };
    };
  return { onPorts, byName, onAnyPort };
}

function mapped(urls: Origins['urls'], change: (origin: string, name: HostName) => string): Origins['urls'] {
  const entries = Object.entries(urls).map(([name, origin]) => [name, change(origin, name as HostName)] as const);
  return Object.fromEntries(entries) as Record<HostName, string>;
}

function publicOrigin(origin: string, { hostname }: URL): string {
  const { protocol, port } = new URL(origin);
  return `${protocol}//${hostname}:${port}`;
}
