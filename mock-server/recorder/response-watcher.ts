/** Watches one answer go out: what was sent of it, and how it ended. */
import type { ServerResponse } from 'node:http';
import type { Response } from '../../src/history/event.ts';

export interface ResponseWatcher {
  /** Resolves when the response has ended or its connection is gone. */
  readonly closed: Promise<void>;
  /** 0 when not even a status line was sent. */
  status(): number;
  location(): string | undefined;
  /** The first 16 kB, or characters, that were written, as text; empty for types that are no text, and for pages that went well: nothing to learn from. */
  text(): string;
  /** To be asked once it is closed. */
  delivered(): Response['delivered'];
}

/** Bytes, or characters of what is written as text. */
const MOST = 16 * 1024;
const TEXT = /json|text|xml|urlencoded|javascript/;

/** Texts stay what they are: most answers are one text, written at once. */
const pieceOf = (chunk: unknown, encoding: unknown): string | Buffer | undefined => {
  if (typeof chunk !== 'string') return chunk instanceof Uint8Array ? Buffer.from(chunk) : undefined;
  return typeof encoding === 'string' ? Buffer.from(chunk, encoding as BufferEncoding) : chunk;
};

const textHeader = (response: ServerResponse, name: string): string | undefined => {
  const value = response.getHeader(name);
  return typeof value === 'string' ? value : undefined;
};

/** Target of a redirect. */
export const locationOf = (response: ServerResponse): string | undefined => textHeader(response, 'location');

/** Must be called before anything is written.
 * @param beforeFirstByte called once, before the first byte can reach the client. */
export function watchResponse(response: ServerResponse, beforeFirstByte: () => void): ResponseWatcher {
  let begun = false;
  const pieces: (string | Buffer)[] = [];
  let kept = 0;
  const keep = (chunk: unknown, encoding: unknown): void => {
    const piece = kept < MOST ? pieceOf(chunk, encoding) : undefined;
    if (piece === undefined) return;
    const part = typeof piece === 'string' ? piece.slice(0, MOST - kept) : piece.subarray(0, MOST - kept);
    pieces.push(part);
    kept += part.length;
  };
  for (const method of ['write', 'end'] as const) {
    const original = response[method].bind(response) as (...parameters: unknown[]) => unknown;
    (response as unknown as Record<typeof method, typeof original>)[method] = (...parameters) => {
      if (!begun) {
        begun = true;
        beforeFirstByte();
      }
      keep(parameters[0], parameters[1]);
      return original(...parameters);
    };
  }
  const { socket } = response;
  return {
    closed: new Promise((resolve) => {
      if (response.closed) resolve();
      else
        response.once('close', () => {
          resolve();
        });
    }),
    status: () => (response.headersSent ? response.statusCode : 0),
    location: () => locationOf(response),
    text() {
      const type = textHeader(response, 'content-type') ?? 'text';
      if (!TEXT.test(type) || (type.includes('html') && response.statusCode < 400)) return '';
      const [first, ...more] = pieces;
      if (typeof first === 'string' && more.length === 0) return first;
      return Buffer.concat(pieces.map((piece) => Buffer.from(piece as string))).toString('utf8');
    },
    delivered() {
      if (response.writableFinished && !response.errored) return 'complete';
      // The other side ended or reset the connection, or it was we who closed it.
      const theirs = socket === null || socket.readableEnded || socket.errored !== null;
      if (theirs) return 'aborted';
      return response.headersSent ? 'cut' : 'none';
    },
  };
}
