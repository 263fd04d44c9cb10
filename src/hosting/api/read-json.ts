/** Reads the body of a request of the API. */
import type { Context } from 'koa';
import { Problem } from './problem.ts';

/** Returns the body.
 * @throws Problem 413 */
export async function readBytes(ctx: Context, mostBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of ctx.req as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > mostBytes) throw new Problem(413, 'too-large', `The body has more than ${String(mostBytes)} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Returns a JSON body as text.
 * @throws Problem 413, 415 */
export async function readJson(ctx: Context, mostBytes: number): Promise<string> {
  const bytes = await readBytes(ctx, mostBytes);
  if (bytes.length > 0 && ctx.is('json') === false) throw new Problem(415, 'not-json', 'Send JSON: application/json.');
  return bytes.toString('utf8');
}

/** Returns the value of JSON. @throws Problem 400 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(400, 'not-json', 'This is not JSON.');
  }
}
