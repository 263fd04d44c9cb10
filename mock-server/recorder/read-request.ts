/** Reads a request as far as it is measured: completely, or only its beginning when it is forwarded. */
import type { IncomingMessage } from 'node:http';
import { readBody, type Body } from './body.ts';
import { HEAD_BYTES, measurable, readPayload, type Payload } from './payload.ts';

/** A request after its body was read. */
export interface ReadRequest {
  /** The measured body, decompressed. */
  readonly rawBody: Buffer;
  /** Received length of the body; the announced length when only its beginning was read. */
  readonly bodyBytes: number;
  readonly payload: Payload | undefined;
  /** Why the request is not processed further. */
  readonly refused: Extract<Body, { kind: 'refused' }> | undefined;
}

/** Resolves with undefined when the client disconnected before the request was complete.
 * @param streams whether only the beginning is read */
export async function readRequest(incoming: IncomingMessage, streams: boolean): Promise<ReadRequest | undefined> {
  if (streams) {
    const payload = await readPayload(incoming);
    if (payload === undefined) return undefined;
    const announced = Number(incoming.headers['content-length'] ?? HEAD_BYTES);
    return {
      rawBody: await measurable(payload, incoming.headers['content-encoding']),
      bodyBytes: payload.rest === undefined ? payload.head.length : announced,
      payload,
      refused: undefined,
    };
  }
  const body = await readBody(incoming);
  switch (body.kind) {
    case 'gone':
      return undefined;
    case 'refused':
      return { rawBody: Buffer.alloc(0), bodyBytes: body.received, payload: undefined, refused: body };
    case 'whole':
      return { rawBody: body.bytes, bodyBytes: body.bytes.length, payload: undefined, refused: undefined };
  }
}
