/** Writes answers: the only place that sends a {@link Reply} and knows what was delivered. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { Response } from '../../src/history/event.ts';
import { contentOf, headerOf, type Delivery, type Reply } from '../reply.ts';
import { resetConnection } from './reset-connection.ts';

/** The sending of one response; made by `createWire`. */
export interface Wire {
  /** Resolves when the response has ended or its connection is gone. */
  readonly closed: Promise<void>;
  /** Whether a byte may have reached the client. */
  readonly begun: boolean;
  /** Writes an answer. Resolves when it was passed to the connection completely. */
  send(reply: Reply): Promise<void>;
  /** Returns the sent status; 0 when not even a status line was sent. */
  status(): number;
  /** Returns the first 16 kB of the sent body as text. Empty for compressed bodies, types that are not text, and pages with a status below
   * 400. */
  text(): string;
  /** Returns how the answer was delivered; call it once `closed`. */
  delivered(): Response['delivered'];
}

const MOST_BYTES = 16 * 1024;
const TEXT = /json|text|xml|urlencoded|javascript/;
/** Number of pieces of a slow body. */
const PIECES = 8;

/** What was written so far. */
interface Sent {
  written: string | Buffer;
  /** How the mock itself interrupted the answer. */
  broken: 'none' | 'cut' | undefined;
}

/** Creates the wire of a response to which nothing was written. */
export function createWire(response: ServerResponse): Wire {
  const { req: request, socket } = response;
  let reply: Reply | undefined;
  const sent: Sent = { written: '', broken: undefined };
  const closed = new Promise<void>((resolve) => {
    if (response.closed) resolve();
    else response.once('close', resolve);
  });

  return {
    closed,
    get begun() {
      return response.headersSent;
    },
    async send(given) {
      reply = given;
      const { delivery } = given;
      if (delivery?.kind === 'late') await orClosed(delivery.ms, closed);
      if (delivery?.kind === 'reset') {
        sent.broken = 'none';
        resetConnection(request.socket);
        return;
      }
      if (response.destroyed || response.socket?.writable === false) return;
      if (given.stream !== undefined) {
        await sendStream(response, given, given.stream, closed, sent);
        return;
      }
      const content = contentOf(given);
      const packed = given.encoding === 'gzip' && delivery === undefined ? gzipSync(content) : undefined;
      const seen = request.method === 'HEAD' ? '' : content;
      if (packed !== undefined) response.setHeader('Content-Encoding', 'gzip');
      writeHead(response, given, packed ?? content);
      switch (delivery?.kind) {
        case 'cut': {
          const part = Buffer.from(content).subarray(0, delivery.bytes);
          sent.broken = 'cut';
          sent.written = part;
          return cutOff(response, part);
        }
        case 'trickle':
          return trickle(response, Buffer.from(content), delivery, closed, (bytes) => (sent.written = bytes));
        default:
          sent.written = seen;
          response.end(packed ?? content);
      }
    },
    status: () => (response.headersSent ? response.statusCode : 0),
    text() {
      const type = reply === undefined ? '' : (headerOf(reply, 'content-type') ?? 'text');
      if (reply !== undefined && headerOf(reply, 'content-encoding') !== undefined) return '';
      if (!TEXT.test(type) || (type.includes('html') && response.statusCode < 400)) return '';
      const { written } = sent;
      return typeof written === 'string'
        ? written.slice(0, MOST_BYTES)
        : written.subarray(0, MOST_BYTES).toString('utf8');
    },
    delivered() {
      if (sent.broken !== undefined) return sent.broken;
      if (response.writableFinished && !response.errored) return 'complete';
      // The other side ended or reset the connection, or the mock closed it.
      const theirs = socket === null || socket.readableEnded || socket.errored !== null;
      if (theirs) return 'aborted';
      return response.headersSent ? 'cut' : 'none';
    },
  };
}

function writeHead(response: ServerResponse, { status, headers }: Reply, content: string | Buffer): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  // These statuses have no body (RFC 9110 §8.6).
  if (status !== 204 && status !== 304 && !response.hasHeader('content-length'))
    response.setHeader('Content-Length', Buffer.byteLength(content));
}

/** Forwards a body while it arrives, at the client's pace, and keeps its beginning. */
async function sendStream(
  response: ServerResponse,
  { status, headers, delivery }: Reply,
  stream: Readable,
  closed: Promise<void>,
  sent: Sent,
): Promise<void> {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const most = delivery?.kind === 'cut' ? delivery.bytes : Infinity;
  let passedOn = 0;
  let kept = Buffer.alloc(0);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (response.destroyed) return;
      const part = chunk.subarray(0, most - passedOn);
      passedOn += part.length;
      if (kept.length < MOST_BYTES) sent.written = kept = Buffer.concat([kept, part]);
      if (passedOn >= most) {
        sent.broken = 'cut';
        await cutOff(response, part);
        return;
      }
      if (!response.write(part)) await Promise.race([once(response, 'drain'), closed]);
    }
    response.end();
  } catch {
    if (response.destroyed) return;
    // Its source was interrupted: the client sees the same.
    sent.broken = response.headersSent ? 'cut' : 'none';
    response.socket?.destroy();
  }
}

/** Resolves after `ms`, or when the client disconnects. */
function orClosed(ms: number, closed: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    void closed.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Writes the first bytes of a body and closes the connection. */
function cutOff(response: ServerResponse, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    response.once('close', resolve);
    // `end` on the socket flushes written data and then closes; `destroy` would discard it.
    response.write(bytes, () => response.socket?.end(() => response.socket?.destroy()));
  });
}

/** Writes a body in pieces. */
async function trickle(
  response: ServerResponse,
  bytes: Buffer,
  { ms }: Extract<Delivery, { readonly kind: 'trickle' }>,
  closed: Promise<void>,
  onWritten: (sent: Buffer) => void,
): Promise<void> {
  response.flushHeaders();
  const size = Math.max(1, Math.ceil(bytes.length / PIECES));
  for (let at = 0; at < bytes.length; at += size) {
    await orClosed(ms / PIECES, closed);
    if (response.destroyed) return;
    response.write(bytes.subarray(at, at + size));
    onWritten(bytes.subarray(0, at + size));
  }
  response.end();
}
