/** HTTP/1.1 in as few steps as can be, so that the load generator costs less than what it measures: one request at a time on one socket. */
import { connect, type Socket } from 'node:net';

export interface Reply {
  readonly status: number;
  /** The values of a header, in the order they came. */
  header(name: string): readonly string[];
  readonly body: string;
}

export interface Request {
  readonly method: 'GET' | 'POST';
  /** Path and query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Form-encoded. */
  readonly body?: string;
}

export interface Connection {
  /** One at a time. Rejects when the server closes before it has answered. */
  send(request: Request): Promise<Reply>;
  close(): void;
}

interface Waiting {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
}

/** Opens a connection that is kept alive. @param origin `http://127.0.0.1:1234` */
export function openConnection(origin: string): Connection {
  const { hostname, port, host } = new URL(origin);
  const socket: Socket = connect({ host: hostname, port: Number(port), noDelay: true });
  let waiting: Waiting | undefined;
  let received = '';
  socket.setEncoding('latin1');
  const fail = (error: Error) => {
    const one = waiting;
    waiting = undefined;
    one?.reject(error);
  };
  socket.on('error', fail);
  socket.on('close', () => {
    fail(new Error('The server closed the connection.'));
  });
  socket.on('data', (text: string) => {
    received += text;
    const reply = parse(received);
    if (reply === undefined) return;
    received = '';
    const one = waiting;
    waiting = undefined;
    one?.resolve(reply);
  });
  return {
    send({ method, path, headers = {}, body = '' }) {
      const lines = [`${method} ${path} HTTP/1.1`, `Host: ${host}`, 'Accept: application/json'];
      for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
      if (method === 'POST') {
        lines.push('Content-Type: application/x-www-form-urlencoded', `Content-Length: ${String(body.length)}`);
      }
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1');
      });
    },
    close() {
      socket.destroy();
    },
  };
}

/** Undefined while the answer is not whole. Bodies are ASCII here. */
function parse(text: string): Reply | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = text.slice(0, end);
  const rest = text.slice(end + 4);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  const chunked = length === undefined && /\r\ntransfer-encoding: *chunked/i.test(head);
  const body = chunked ? unchunked(rest) : rest.length >= Number(length ?? 0) ? rest : undefined;
  if (body === undefined) return undefined;
  return {
    status: Number(head.slice(9, 12)),
    header: (name) => [...head.matchAll(new RegExp(`\\r\\n${name}: *([^\\r]*)`, 'gi'))].map(([, value = '']) => value),
    body,
  };
}

function unchunked(text: string): string | undefined {
  let out = '';
  let at = 0;
  for (;;) {
    const line = text.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = Number.parseInt(text.slice(at, line), 16);
    if (text.length < line + 2 + size + 2) return undefined;
    if (size === 0) return out;
    out += text.slice(line + 2, line + 2 + size);
    at = line + 2 + size + 2;
  }
}
