/** How faults answer in Salesforce's way, and how they take an answer apart. */
import type { Context } from 'koa';

/** `400 {"error":…,"error_description":…}`, as the token and revocation endpoints say it. */
export function oauthError(ctx: Context, status: number, error: string, description: string): void {
  ctx.status = status;
  ctx.set('Cache-Control', 'no-store');
  ctx.body = { error, error_description: description };
}

/** `[{"message":…,"errorCode":…}]`, as the resource server says it. */
export function resourceError(ctx: Context, status: number, errorCode: string, message: string): void {
  ctx.status = status;
  ctx.body = [{ message, errorCode }];
}

/** The JSON object of an answer that is ready and not yet sent; undefined when the answer is no JSON object. */
export function answerOf(ctx: Context): Record<string, unknown> | undefined {
  const body: unknown = ctx.body;
  if (typeof body === 'object' && body !== null && !Buffer.isBuffer(body) && !('pipe' in body))
    return { ...(body as Record<string, unknown>) };
  try {
    const value: unknown = JSON.parse(String(body));
    return typeof value === 'object' && value !== null ? { ...(value as Record<string, unknown>) } : undefined;
  } catch {
    return undefined;
  }
}

/** Changes the fields of a successful answer; an undefined field is dropped. Other answers stay as they are. */
export function amend(ctx: Context, fields: Readonly<Record<string, unknown>>): void {
  const answer = answerOf(ctx);
  if (!answer || ctx.status !== 200) return;
  const amended = { ...answer, ...fields };
  ctx.body = Object.fromEntries(Object.entries(amended).filter(([, value]) => value !== undefined));
}

/** The bytes of an answer that is ready and not yet sent. */
export function bytesOf(ctx: Context): Buffer {
  const body: unknown = ctx.body;
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body ?? null));
}

/** The mock under another name of the same machine: reachable, and another origin for a client. */
export function elsewhere(url: string): string {
  const moved = new URL(url);
  moved.hostname = moved.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  return moved.toString().replace(/\/$/, '');
}
