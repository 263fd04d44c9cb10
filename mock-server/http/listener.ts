/** Opens one origin: a listening port that can be closed immediately. */
import { once } from 'node:events';
import { createServer, STATUS_CODES, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { setImmediate } from 'node:timers/promises';
import type { AddressInfo, Socket } from 'node:net';
import { originForm } from './request-target.ts';
import { HarnessError } from '../../src/errors.ts';
import { watchBeneath } from './reset-connection.ts';

/** One open port. */
export interface Listener {
  readonly port: number;
  /** `http://127.0.0.1:1234` */
  readonly origin: string;
  /** Number of open connections. */
  readonly connections: number;
  /** While on, resets every new connection, and ends the open ones. */
  refuse(on: boolean): void;
  /** Stops listening and ends all connections immediately. */
  close(): Promise<void>;
}

/** Certificate and key of a TLS server, in PEM. */
export interface Credentials {
  readonly cert: string;
  readonly key: string;
}

/** Callbacks for connections. */
export interface ListenerEvents {
  /** Called at each connection. */
  readonly onConnection?: (() => void) | undefined;
  /** Called when bytes that are not a readable request were refused, with the status and Node's error code. */
  readonly onRefused?: ((status: number, code: string) => void) | undefined;
}

/** Listens on a port; resolves when it accepts connections.
 * @param port 0: chosen by the system
 * @param credentials absent: plain HTTP
 * @throws HarnessError `port-in-use`, `cannot-listen` */
export async function listen(
  handler: RequestListener,
  host: string,
  port: number,
  credentials?: Credentials,
  { onConnection, onRefused }: ListenerEvents = {},
): Promise<Listener> {
  const bounded = boundedPerConnection(handler, onRefused);
  const server = credentials === undefined ? createServer(bounded) : createTlsServer(credentials, bounded);
  if (credentials !== undefined) watchBeneath(server);
  let refusing = false;
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    onConnection?.();
    connections += 1;
    socket.once('close', () => (connections -= 1));
    if (refusing) socket.resetAndDestroy();
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const status = refuseUnread(error, socket);
    if (status !== undefined) onRefused?.(status, error.code ?? '');
  });
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw explain(cause, host, port);
  }
  const { port: chosen } = server.address() as AddressInfo;
  return {
    port: chosen,
    origin: `${credentials === undefined ? 'http' : 'https'}://${reachable(host)}:${String(chosen)}`,
    get connections() {
      return connections;
    },
    refuse(on) {
      refusing = on;
      if (on) server.closeAllConnections();
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      // The event comes one iteration of the event loop before the system frees the port.
      await setImmediate();
    },
  };
}

/** Most requests of one connection that may wait for their answers. Clients send one after another; without a limit a client that never
 * reads could send thousands. */
const MOST_AHEAD = 16;

/** Returns a listener that refuses invalid request targets and too many pipelined requests; others are passed to `handler` in origin form. */
export function boundedPerConnection(
  handler: RequestListener,
  onRefused?: ListenerEvents['onRefused'],
): RequestListener {
  const waiting = new Map<Socket, number>();
  return (request, response) => {
    const { socket } = request;
    const target = originForm(request.url ?? '');
    if (target === undefined) {
      onRefused?.(400, 'INVALID_TARGET');
      response.writeHead(400, { Connection: 'close' }).end();
      return;
    }
    request.url = target;
    if (!waiting.has(socket)) socket.once('close', () => waiting.delete(socket));
    const ahead = waiting.get(socket) ?? 0;
    if (ahead >= MOST_AHEAD) {
      if (ahead === MOST_AHEAD) onRefused?.(503, 'TOO_MANY_AT_ONCE');
      waiting.set(socket, ahead + 1);
      response.writeHead(503, { Connection: 'close', 'Retry-After': '1' }).end();
      return;
    }
    waiting.set(socket, ahead + 1);
    response.once('close', () => {
      if (waiting.has(socket)) waiting.set(socket, (waiting.get(socket) ?? 1) - 1);
    });
    handler(request, response);
  };
}

const STATUS_OF: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Answers as Node does by default. Returns undefined when the client has disconnected or an answer has begun. */
function refuseUnread({ code = '' }: NodeJS.ErrnoException, socket: Socket): number | undefined {
  const { _httpMessage: answering } = socket as Socket & { readonly _httpMessage?: ServerResponse | null };
  const status = Object.hasOwn(STATUS_OF, code) ? (STATUS_OF[code] ?? 400) : 400;
  const left = !socket.writable || code === 'ECONNRESET' || code === 'EPIPE' || answering?.headersSent === true;
  if (!left) socket.write(`HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\n\r\n`);
  socket.destroy();
  return left ? undefined : status;
}

/** Returns the host as written in a URL: a name for all interfaces, brackets around IPv6. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function explain(cause: unknown, host: string, port: number): HarnessError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'EADDRINUSE') {
    return new HarnessError(
      'port-in-use',
      `Port ${String(port)} of ${host} is in use.`,
      'Stop what listens there, or choose another mock.port (0: a free one).',
      { cause },
    );
  }
  const why = cause instanceof Error ? cause.message : String(cause);
  return new HarnessError(
    'cannot-listen',
    `Cannot listen on ${host}:${String(port)}: ${why}`,
    'Check mock.host and mock.port.',
    {
      cause,
    },
  );
}
