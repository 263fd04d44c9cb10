/** Answers requests by the table of routes: checks token, scope, limits, body and idempotency, and reports errors. */
import { hash } from 'node:crypto';
import type { Context, Middleware } from 'koa';
import type { Service } from '../service.ts';
import type { Scope } from '../store/organisation.ts';
import type { Principal } from '../store/store.ts';
import { Problem, problemOf } from './problem.ts';
import { createRateLimit } from './rate-limit.ts';
import { parseJson, readJson } from './read-json.ts';
import { matchPath, perform, type RouteReply, type Route } from './route.ts';

/** Requests per minute for an address without a valid token, and for the link of one run. */
const UNKNOWN_PER_MINUTE = 120;
const LINK_PER_MINUTE = 60_000;
/** Largest body in bytes: of a request, and of the messages of a run. */
const BODY_BYTES = 1 << 20;
const LINK_BYTES = 16 << 20;

/** Returns the middleware of the API; other paths are passed on. */
export function apiRouter(routes: readonly Route[], service: Service): Middleware {
  const { store } = service;
  const limit = createRateLimit();
  const take = (who: string, perMinute: number): void => {
    const seconds = limit.take(who, perMinute);
    if (seconds !== undefined) throw new Problem(429, 'too-many-requests', 'Too many requests.', seconds);
  };

  const admit = async (ctx: Context, scope: Scope, link: boolean): Promise<Principal> => {
    const [, token] = /^Bearer (\S{1,200})$/iu.exec(ctx.get('Authorization')) ?? [];
    const principal = token === undefined ? undefined : await store.authenticate(token);
    if (principal === undefined) {
      take(`address ${ctx.ip}`, UNKNOWN_PER_MINUTE);
      throw new Problem(401, 'no-token', 'Send a valid token: Authorization: Bearer …');
    }
    if (!principal.scopes.includes(scope))
      throw new Problem(403, 'no-scope', `The token does not have the scope "${scope}".`);
    if ((scope === 'service') !== (principal.organisation === undefined))
      throw new Problem(403, 'no-organisation', 'The token is not one of an organisation.');
    if (link) take(`link ${principal.organisation ?? ''}`, LINK_PER_MINUTE);
    else if (principal.organisation !== undefined) {
      const limits = (await store.organisation(principal.organisation))?.limits;
      take(principal.organisation, limits?.requestsPerMinute ?? 0);
    }
    return principal;
  };

  const answer = async (ctx: Context, found: Route, params: Readonly<Record<string, string>>): Promise<RouteReply> => {
    const { scope, link = false } = found;
    const principal: Principal =
      scope === undefined ? { token: '', organisation: undefined, scopes: [] } : await admit(ctx, scope, link);
    const text = found.method === 'POST' ? await readJson(ctx, link ? LINK_BYTES : BODY_BYTES) : undefined;
    const organisation = principal.organisation ?? '';
    const left = new AbortController();
    ctx.res.once('close', () => left.abort());
    const handle = async (): Promise<RouteReply> =>
      perform(found, {
        ...{ params, principal, organisation, signal: left.signal, id: Object.values(params)[0] ?? '' },
        ...{ body: text === undefined || text === '' ? {} : parseJson(text), query: { ...ctx.query } },
        own: store.of(organisation),
      });
    const key = ctx.get('Idempotency-Key');
    if (found.method !== 'POST' || link || key === '' || organisation === '') return handle();
    return once(service, { organisation, key, digest: hash('sha256', `${ctx.path}\n${text ?? ''}`, 'hex') }, handle);
  };

  return async (ctx, next) => {
    const at = routes.flatMap((route) => {
      const params = matchPath(route.path, ctx.path);
      return params === undefined ? [] : [{ route, params }];
    });
    if (at.length === 0) {
      await next();
      return;
    }
    ctx.set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
    // The partner's harness made the report page: its script may run, without access to this origin.
    ctx.set('Content-Security-Policy', 'sandbox allow-scripts');
    try {
      const method = ctx.method === 'HEAD' ? 'GET' : ctx.method;
      const found = at.find(({ route }) => route.method === method);
      if (found?.route.link === true && (await service.passOn(found.params['run'] ?? '', ctx))) {
        ctx.respond = false;
        return;
      }
      if (found === undefined) {
        ctx.set('Allow', at.map(({ route }) => route.method).join(', '));
        throw new Problem(405, 'method', `The method ${ctx.method} is not allowed here.`);
      }
      send(ctx, await answer(ctx, found.route, found.params));
    } catch (error) {
      const { body, retryAfter } = problemOf(error, service.complain);
      ctx.status = body.status;
      ctx.type = 'application/problem+json';
      // The rest of a body that is too large is not read.
      if (body.status === 413) ctx.set('Connection', 'close');
      if (body.status === 401) ctx.set('WWW-Authenticate', 'Bearer');
      if (retryAfter !== undefined) ctx.set('Retry-After', String(retryAfter));
      ctx.body = JSON.stringify(body);
    }
  };
}

function send(ctx: Context, { status = 200, value, type, content }: RouteReply): void {
  ctx.status = status;
  if (content === undefined && value === undefined) ctx.body = null;
  else if (content === undefined) ctx.body = value;
  else {
    ctx.type = type ?? 'application/octet-stream';
    ctx.body = content;
  }
  if (ctx.body === null) ctx.status = 204;
}

interface Repeatable {
  readonly organisation: string;
  readonly key: string;
  /** SHA-256 of path and body. */
  readonly digest: string;
}

/** Stored instead of an answer that holds a secret. */
const SECRET = 'secret';

/** Answers a repeated request with the same key like the first one, for a day. A different request with a used key is an error. */
async function once(service: Service, what: Repeatable, handle: () => Promise<RouteReply>): Promise<RouteReply> {
  const { idempotency } = service.store;
  if (what.key.length > 200) throw new Problem(400, 'invalid', 'The Idempotency-Key is too long.');
  const known = await idempotency.take(what);
  if (known === undefined) {
    const answer = await handle().catch(async (error: unknown) => {
      await idempotency.free(what).catch(() => undefined);
      throw error;
    });
    const { status = 200, value, secret } = answer;
    await idempotency.keep({ ...what, status, body: JSON.stringify(secret === true ? SECRET : (value ?? null)) });
    return answer;
  }
  if (known.digest !== what.digest)
    throw new Problem(422, 'idempotency-key', 'The Idempotency-Key was used for another request.');
  if (known.status === 0) throw new Problem(409, 'in-progress', 'The first request with this key is being done.', 1);
  const value = JSON.parse(known.body) as unknown;
  if (value === SECRET) throw new Problem(409, 'done', 'This was done; the secret in the answer was shown once.');
  return { status: known.status, value };
}
