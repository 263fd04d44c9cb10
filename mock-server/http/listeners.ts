/** Opens and closes the ports of one mock together. */
import type { IncomingMessage, RequestListener } from 'node:http';
import type { HostName, MoreHost } from './host.ts';
import { listen, type Listener, type ListenerEvents } from './listener.ts';
import { assertReachable } from './loopback.ts';
import { createAuthority } from './authority.ts';
import { writeCaFile } from './ca-file.ts';

/** The ports to open. */
export interface OriginOptions {
  readonly host: string;
  /** Port of the login origin; 0: chosen by the system. */
  readonly port: number;
  /** Port of the instance origin; the ports of other hosts are chosen by the system. */
  readonly instancePort: number;
  readonly more: readonly MoreHost[];
  readonly tls: boolean;
  /** Whether `host` may be an address that other machines can reach. */
  readonly public: boolean;
  /** See `ListenerEvents`. */
  readonly onRefused?: ListenerEvents['onRefused'] | undefined;
}

/** The open ports of one mock. */
export interface Origins {
  /** Origins by host, without a slash at the end. */
  readonly urls: Readonly<Record<'login' | 'instance', string>> & Readonly<Partial<Record<MoreHost, string>>>;
  /** PEM file of the authority; undefined without TLS. */
  readonly caFile: string | undefined;
  /** Returns the host that a request was sent to. */
  hostOf(request: IncomingMessage): HostName | undefined;
  /** Opens another origin with TLS and a certificate of an unknown authority; `close` closes it too. Calls `onConnection` for each
   * connection. Resolves with the origin; a second call returns the same. */
  openUntrusted(onConnection: () => void): Promise<string>;
  /** Returns how many connections are open; absent where they cannot be counted. */
  readonly connections?: (() => number) | undefined;
  /** While on, makes the login origin reset every connection. */
  refuse(on: boolean): void;
  close(): Promise<void>;
}

/** Opens all ports; resolves when they accept connections. @throws HarnessError `not-loopback`, `port-in-use`, `cannot-listen` */
export async function openOrigins(handler: RequestListener, options: OriginOptions): Promise<Origins> {
  const { host, onRefused } = options;
  const ports: Partial<Record<HostName, number>> = { login: options.port, instance: options.instancePort };
  assertReachable(host, options.public, 'mock');
  const authority = options.tls ? await createAuthority(host) : undefined;
  const file = authority && (await writeCaFile(authority.certificate));
  const credentials = authority && { cert: authority.serverCertificate, key: authority.serverKey };
  const open = new Map<HostName, Listener>();
  const listeners = new Set<Listener>();
  let untrusted: Promise<Listener> | undefined;
  const close = async () => {
    await Promise.all([...open.values(), ...(untrusted ? [await untrusted] : [])].map((one) => one.close()));
    await file?.remove();
  };
  const names: readonly HostName[] = ['login', 'instance', ...new Set(options.more)];
  try {
    for (const name of names) {
      const listener = await listen(handler, host, ports[name] ?? 0, credentials, { onRefused });
      open.set(name, listener);
      listeners.add(listener);
    }
  } catch (error) {
    await close();
    throw error;
  }
  const urls = Object.fromEntries([...open].map(([name, { origin }]) => [name, origin])) as Origins['urls'];
  const byPort = new Map([...open].map(([name, one]) => [one.port, name]));
  return {
    urls,
    caFile: file?.path,
    hostOf: ({ socket }) => byPort.get(socket.localPort ?? 0),
    async openUntrusted(onConnection) {
      untrusted ??= createAuthority(host).then(({ serverCertificate: cert, serverKey: key }) =>
        listen(handler, host, 0, { cert, key }, { onRefused, onConnection }),
      );
      const listener = await untrusted;
      listeners.add(listener);
      return listener.origin;
    },
    connections: () => [...listeners].reduce((sum, one) => sum + one.connections, 0),
    refuse(on) {
      open.get('login')?.refuse(on);
    },
    close,
  };
}
