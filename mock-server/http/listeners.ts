/** All ports of one mock: opened together, closed together. */
import type { RequestListener } from 'node:http';
import type { HostName, MoreHost } from './host.ts';
import { listen, type Listener, type ListenerEvents } from './listener.ts';
import { assertReachable } from './loopback.ts';
import { createAuthority } from './authority.ts';
import { writeCaFile } from './ca-file.ts';

export interface OriginOptions {
  readonly host: string;
  /** Of the login origin. */
  readonly port: number;
  /** Of the instance origin; those of the other hosts are chosen by the system. */
  readonly instancePort: number;
  readonly more: readonly MoreHost[];
  readonly tls: boolean;
  /** Whoever can reach this machine may use the mock. */
  readonly public: boolean;
  /** See `ListenerEvents`. */
  readonly onRefused?: ListenerEvents['onRefused'] | undefined;
}

export interface Origins {
  /** Origins by host, without a slash at the end. */
  readonly urls: Readonly<Record<'login' | 'instance', string>> & Readonly<Partial<Record<MoreHost, string>>>;
  /** With TLS: PEM file of the authority. */
  readonly caFile: string | undefined;
  hostOf(localPort: number): HostName | undefined;
  /** Opens one more origin, in TLS, with a certificate that an authority signed whom nobody knows; it is closed with the others.
   * `onConnection` is called at each connection, whatever becomes of it. Resolves with the origin; a second call gives the same. */
  openUntrusted(onConnection: () => void): Promise<string>;
  /** While on, the login origin resets every connection. */
  refuse(on: boolean): void;
  close(): Promise<void>;
}

/** @throws HarnessError `not-loopback`, `port-in-use`, `cannot-listen` */
export async function openOrigins(handler: RequestListener, options: OriginOptions): Promise<Origins> {
  const { host, onRefused } = options;
  const ports: Partial<Record<HostName, number>> = { login: options.port, instance: options.instancePort };
  assertReachable(host, options.public, 'mock');
  const authority = options.tls ? await createAuthority(host) : undefined;
  const file = authority && (await writeCaFile(authority.certificate));
  const credentials = authority && { cert: authority.serverCertificate, key: authority.serverKey };
  const open = new Map<HostName, Listener>();
  let untrusted: Promise<Listener> | undefined;
  const close = async () => {
    await Promise.all([...open.values(), ...(untrusted ? [await untrusted] : [])].map((one) => one.close()));
    await file?.remove();
  };
  const names: readonly HostName[] = ['login', 'instance', ...new Set(options.more)];
  try {
    for (const name of names) open.set(name, await listen(handler, host, ports[name] ?? 0, credentials, { onRefused }));
  } catch (error) {
    await close();
    throw error;
  }
  const urls = Object.fromEntries([...open].map(([name, { origin }]) => [name, origin])) as Origins['urls'];
  const byPort = new Map([...open].map(([name, one]) => [one.port, name]));
  return {
    urls,
    caFile: file?.path,
    hostOf: (localPort) => byPort.get(localPort),
    async openUntrusted(onConnection) {
      untrusted ??= createAuthority(host).then(({ serverCertificate: cert, serverKey: key }) =>
        listen(handler, host, 0, { cert, key }, { onRefused, onConnection }),
      );
      return (await untrusted).origin;
    },
    refuse(on) {
      open.get('login')?.refuse(on);
    },
    close,
  };
}
