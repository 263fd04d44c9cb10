/** Reads the body of a request of the API. */
import type { Context } from 'koa';
import { Problem } from './problem.ts';

/** Returns the body as text. @throws Problem 413, 415 */
export async function readJson(ctx: Context, mostBytes: number): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of ctx.req as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > mostBytes) throw new Problem(413, 'too-large', `The body has more than ${String(mostBytes)} bytes.`);
    parts.push(part);
  }
  if (bytes > 0 && ctx.is('json') === false) throw new Problem(415, 'not-json', 'Send JSON: application/json.');
  return Buffer.concat(parts).toString('utf8');
}
