/** The JSON body of a management request: small, and an object. */
import type { Context } from 'koa';

const MOST_BYTES = 16 * 1024;

/** Why a request cannot be carried out; becomes a 4xx answer. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';
}

/** An empty body is an empty object. @throws BadRequest */
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
