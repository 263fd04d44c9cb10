/** Reads a small JSON body. */
import type { Context } from 'koa';

const MOST_BYTES = 64 * 1024;

export type JsonBody =
  | { readonly kind: 'read'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string };

/** An empty body counts as `{}`. Another content type is refused: pages of other sites can send forms, not JSON. */
export async function readJson(ctx: Context): Promise<JsonBody> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of ctx.req as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) return { kind: 'refused', status: 413, reason: 'the body is larger than 64 kB' };
    chunks.push(chunk);
  }
  if (ctx.is('application/json') !== 'application/json' && bytes > 0)
    return { kind: 'refused', status: 415, reason: 'the body has to be application/json' };
  try {
    return { kind: 'read', value: bytes === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString('utf8')) };
  } catch {
    return { kind: 'refused', status: 400, reason: 'the body is no JSON' };
  }
}
