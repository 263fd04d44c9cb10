/** Prepares the body of a request to the org. */
import { Readable } from 'node:stream';
import type { Exchange } from '../../mock-server/gateway.ts';

/** Largest body that is forwarded. */
const MOST_FORWARDED_BYTES = 64 * 1024 * 1024;

/** A body to forward. */
export interface OutgoingBody {
  readonly body: Buffer | Readable | null;
  /** Length in bytes; undefined when not known yet. */
  readonly length: number | undefined;
  readonly decompressed: boolean;
}

/** Returns whether the client announced more than is forwarded. */
export const limited = ({ incoming }: Exchange): boolean =>
  Number(incoming.headers['content-length'] ?? 0) > MOST_FORWARDED_BYTES;

/** Returns the body of a recorded request: the bytes read so far and those still arriving. Replaces local origins in forms by those of the
 * org.
 * @param toUpstream see `UpstreamOrigins.toUpstream` */
export function outgoingBody(exchange: Exchange, toUpstream: (text: string) => string): OutgoingBody {
  const { payload, rawBody, form } = exchange;
  if (payload?.rest !== undefined) {
    return {
      body: Readable.from(following(payload.head, payload.rest), { objectMode: false }),
      length: undefined,
      decompressed: false,
    };
  }
  if (payload !== undefined) {
    const { head } = payload;
    return { body: head.length === 0 ? null : head, length: head.length, decompressed: false };
  }
  const text = form.size === 0 ? undefined : rawBody.toString('utf8');
  const changed = text === undefined ? undefined : toUpstream(text);
  const bytes = changed === undefined || changed === text ? rawBody : Buffer.from(changed);
  return { body: bytes.length === 0 ? null : bytes, length: bytes.length, decompressed: true };
}

/** Yields the bytes read so far and then those that arrive.
 * @throws TooLarge after 64 MiB: the request to the org stays incomplete, that of the client stays open for the answer */
async function* following(head: Buffer, rest: Readable): AsyncGenerator<Buffer> {
  let size = head.length;
  yield head;
  for await (const chunk of rest.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_FORWARDED_BYTES) throw new TooLarge('a body of more than 64 MiB is not forwarded');
    yield chunk;
  }
}

/** Thrown when a body without announced length is too large. */
export class TooLarge extends Error {}
