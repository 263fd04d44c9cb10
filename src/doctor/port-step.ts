/** Checks whether the client can listen on the callback ports of its redirect URIs. */
import { createServer } from 'node:net';
import type { DriverConfig } from '../drivers/config.ts';
import { notOk, ok, type Step } from './step.ts';

const ID = 'ports';
const TITLE = 'Fixed ports';

/** Checks loopback redirect URIs, and the port of an application that the harness starts. */
export async function portStep(redirectUris: readonly string[], driver: DriverConfig): Promise<Step> {
  const ports = portsOf(redirectUris, driver);
  for (const port of ports) {
    const why = await refusal(port);
    if (why !== undefined) {
      return notOk(
        ID,
        TITLE,
        `Port ${port} cannot be listened on: ${why}.`,
        'Stop what uses it, or give the app another port in `app.redirectUris` (0 lets the client choose).',
      );
    }
  }
  return ok(ID, TITLE, ports.length === 0 ? 'none is fixed' : ports.join(', '));
}

function portsOf(redirectUris: readonly string[], driver: DriverConfig): readonly number[] {
  const served = driver.type === 'http' || driver.type === 'browser' ? driver : undefined;
  const base = served === undefined ? undefined : portOf(served.baseUrl);
  const fixed = redirectUris.map(portOf).filter((port) => port !== undefined && port !== base);
  // A running application rightly uses its port.
  const own = served?.start === undefined ? undefined : base;
  return [...new Set([...fixed, own].filter((port) => port !== undefined))];
}

/** Returns the port to check; undefined for another machine, a private-use scheme, and port 0. */
function portOf(uri: string): number | undefined {
  if (!URL.canParse(uri)) return undefined;
  const { protocol, hostname, port } = new URL(uri);
  if (!/^https?:$/u.test(protocol) || !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/u.test(hostname)) return undefined;
  if (port === '0') return undefined;
  return port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port);
}

/** Returns why the port cannot be used now; undefined when it can. */
function refusal(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(
        error.code === 'EADDRINUSE'
          ? 'something listens there already'
          : error.code === 'EACCES'
            ? 'this user may not'
            : (error.code ?? error.message),
      ),
    );
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
