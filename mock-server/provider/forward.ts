/** Hands a request to oidc-provider as we want it to be seen; what was recorded of it stays as it came. */
import { Readable } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';
import type Provider from 'oidc-provider';

export interface Forwarded {
  readonly method: 'GET' | 'POST';
  /** Path and query. */
  readonly url: string;
  /** Body of a POST. */
  readonly form?: URLSearchParams;
}

/** Who may call from a page is ours to say (dialect/cors.ts). */
const CORS = ['Access-Control-Allow-Origin', 'Access-Control-Expose-Headers', 'Vary'];

/** Lets oidc-provider answer on `ctx`. The client's Authorization header is not handed on, its cookies are. */
export async function forward(ctx: Context, provider: Provider, { method, url, form }: Forwarded): Promise<void> {
  const original = ctx.req;
  const body = Buffer.from(form?.toString() ?? '');
  const { host, cookie, origin } = original.headers;
  const request = Object.assign(Readable.from(body.length > 0 ? [body] : []), {
    method,
    url,
    httpVersion: '1.1',
    socket: original.socket,
    headers: {
      ...(host !== undefined && { host }),
      ...(cookie !== undefined && { cookie }),
      ...(origin !== undefined && { origin }),
      accept: 'application/json',
      ...(form && { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body.length) }),
    },
  }) as unknown as IncomingMessage;
  const put = (incoming: IncomingMessage) => {
    ctx.req = incoming;
    ctx.request.req = incoming;
    ctx.response.req = incoming;
  };
  const before = CORS.map((name) => [name, ctx.res.getHeader(name)] as const);
  put(request);
  try {
    for (const run of provider.middleware) await run(ctx, async () => undefined);
  } finally {
    put(original);
  }
  for (const [name, value] of before) {
    if (value === undefined) ctx.remove(name);
    else ctx.res.setHeader(name, value);
  }
  const cookies = ctx.res.getHeader('Set-Cookie');
  if (Array.isArray(cookies)) ctx.res.setHeader('Set-Cookie', cookies.map(ofSession));
}

/** Without its end, unless it is gone already: what a sign-in needs ends on the mock's clock, and browsers go by one that may be set meanwhile. */
const ofSession = (cookie: string): string =>
  /^[\w.]+=[^;]/u.test(cookie) ? cookie.replace(/; ?expires=[^;]*/iu, '') : cookie;

/** What oidc-provider answered when it refused. */
export function refusalOf(ctx: Context): { readonly error: string; readonly errorDescription: string } | undefined {
  const body: unknown = ctx.body;
  if (typeof body !== 'object' || body === null || !('error' in body) || typeof body.error !== 'string')
    return undefined;
  const text = 'error_description' in body ? body.error_description : undefined;
  return { error: body.error, errorDescription: typeof text === 'string' ? text : '' };
}
