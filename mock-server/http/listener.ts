/** One origin: a port that listens, and a way to close it at once. */
import { once } from 'node:events';
import { createServer, STATUS_CODES, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { originForm } from './request-target.ts';
import { HarnessError } from '../../src/errors.ts';
import { watchBeneath } from './reset-connection.ts';

export interface Listener {
  readonly port: number;
  /** `http://127.0.0.1:1234` */
  readonly origin: string;
  /** While on, every connection is reset as soon as it is made; those that are open are ended. */
  refuse(on: boolean): void;
  /** Ends all connections, whatever is open on them. */
  close(): Promise<void>;
}

/** PEM texts of a server that speaks TLS. */
export interface Credentials {
  readonly cert: string;
  readonly key: string;
}

/** What is told of connections, besides the requests that come on them. */
export interface ListenerEvents {
  /** A connection was made. */
  readonly onConnection?: (() => void) | undefined;
  /** What came is no request that anybody may read: with which status it was refused, and Node's word for what is wrong with it. */
  readonly onRefused?: ((status: number, code: string) => void) | undefined;
}

/** Plain HTTP without credentials. @throws HarnessError `port-in-use`, `cannot-listen` */
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
  server.on('connection', (socket: Socket) => {
    onConnection?.();
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
    refuse(on) {
      refusing = on;
      if (on) server.closeAllConnections();
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Requests of one connection that may wait for their answers. Clients send one after the other; what is sent ahead of its answers, by who
 * never reads, is read by the thousand all the same. */
const MOST_AHEAD = 16;

/** Refuses targets that are none, and who sends ahead too much; the rest goes to `handler`, in origin form. */
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

/** As Node does it by itself. Undefined when there is nobody to answer, or an answer is on its way already. */
function refuseUnread({ code = '' }: NodeJS.ErrnoException, socket: Socket): number | undefined {
  const { _httpMessage: answering } = socket as Socket & { readonly _httpMessage?: ServerResponse | null };
  const status = Object.hasOwn(STATUS_OF, code) ? (STATUS_OF[code] ?? 400) : 400;
  const nobody = !socket.writable || code === 'ECONNRESET' || code === 'EPIPE' || answering?.headersSent === true;
  if (!nobody) socket.write(`HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\n\r\n`);
  socket.destroy();
  return nobody ? undefined : status;
}

/** What others call a host that is bound on all interfaces, and IPv6 inside a URL. */
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
