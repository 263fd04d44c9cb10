/** Reads the JSON body of a management request: an object of at most 16 kB. */
import type { Context } from 'koa';

const MOST_BYTES = 16 * 1024;

/** A management request that cannot be carried out; it is answered with 400 and the message. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';
}

/** Returns the body; an empty one is an empty object. @throws BadRequest */
export async function readBody(ctx: Context): Promise<unknown> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of ctx.req as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MOST_BYTES) throw new BadRequest(`The body is longer than ${String(MOST_BYTES)} bytes.`);
    parts.push(part);
  }
  if (bytes === 0) return {};
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown;
  } catch {
    throw new BadRequest('The body is no JSON.');
  }
}
