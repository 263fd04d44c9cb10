/** Answers requests of browsers: checks the sign-in and the origin of forms, and restricts what may run on the page. */
import type { Context, Middleware } from 'koa';
import { markup } from '../../../reports/html/markup.ts';
import { readBytes } from '../api/read-json.ts';
import { Problem, problemOf } from '../api/problem.ts';
import { createRateLimit } from '../api/rate-limit.ts';
import { matchPath, type Route } from '../api/route.ts';
import { TYPES } from '../api/types.ts';
import type { Service } from '../service.ts';
import type { Principal } from '../store/store.ts';
import { frame } from './frame.ts';
import { cookieName } from '../sign-in/session.ts';
import { openPages } from './open-pages.ts';
import { organisationPages } from './organisation-pages.ts';
import type { PageRoute, PageReply } from './page-route.ts';
import { runPages } from './run-pages.ts';
import { webhookPages } from './webhook-pages.ts';

/** Only the style sheet of this origin is loaded; no script runs (CSP Level 3). */
const POLICY = [
  "default-src 'none'",
  "style-src 'self' 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');
/** A report may run its own scripts, without access to this origin. */
const FILE_POLICY = "sandbox allow-scripts; frame-ancestors 'none'";
const FORM_BYTES = 64 * 1_024;
/** Requests to sign in that an address may send a minute. */
const SIGN_INS_PER_MINUTE = 60;
const NO_ONE: Principal = { token: '', organisation: undefined, scopes: [] };

/** Returns the table of the pages. @param api the table of the API, which their forms use */
export function pageRoutes(service: Service, api: readonly Route[]): readonly PageRoute[] {
  return [...openPages(service), ...organisationPages(service, api), ...runPages(service, api), ...webhookPages(api)];
}

/** Returns the middleware of the pages; other paths are answered 404. */
export function pages(service: Service, api: readonly Route[]): Middleware {
  const routes = pageRoutes(service, api);
  const limit = createRateLimit();
  const visitor = async (ctx: Context): Promise<Principal> => {
    const cookie = ctx.cookies.get(cookieName(service.origin));
    return (cookie === undefined ? undefined : await service.store.authenticate(cookie)) ?? NO_ONE;
  };
  /** Answers with the page of an active live session; false when it is not active any more. */
  const live = async (ctx: Context, run: string, path: string): Promise<boolean> => {
    if (await service.passOn(run, ctx)) {
      ctx.respond = false;
      return true;
    }
    const { organisation = '', scopes } = await visitor(ctx);
    const session = scopes.includes('run') ? service.registry.findLive(organisation, run) : undefined;
    if (session === undefined || (ctx.method === 'POST' && ctx.get('Origin') !== service.origin)) return false;
    ctx.path = path;
    await session.answer(ctx, () => Promise.reject(new Problem(404, 'not-found', 'There is no such page.')));
    return true;
  };
  const show = async (ctx: Context, route: PageRoute, params: Readonly<Record<string, string>>): Promise<PageReply> => {
    const { store, origin } = service;
    const principal = await visitor(ctx);
    if (route.scope !== 'anyone') {
      if (principal.organisation === undefined) return { goTo: '/sign-in' };
      if (!principal.scopes.includes(route.scope))
        throw new Problem(403, 'no-scope', `Your token does not have the scope "${route.scope}".`);
    }
    const seconds = route.path.startsWith('/sign-in') ? limit.take(ctx.ip, SIGN_INS_PER_MINUTE) : undefined;
    if (seconds !== undefined) throw new Problem(429, 'too-many-requests', 'Too many requests.', seconds);
    let form = '';
    if (route.method === 'POST') {
      if (ctx.get('Origin') !== origin) throw new Problem(403, 'origin', 'The form is not one of this service.');
      form = (await readBytes(ctx, FORM_BYTES)).toString('utf8');
    }
    const organisation = principal.organisation ?? '';
    return route.show({
      ...{ params, principal, organisation, own: store.of(organisation), id: Object.values(params)[0] ?? '' },
      ...{ signal: new AbortController().signal, cookie: (name: string) => ctx.cookies.get(name) },
      ...{ query: new URLSearchParams(ctx.querystring), form: new URLSearchParams(form) },
    });
  };
  return async (ctx) => {
    ctx.set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'same-origin' });
    ctx.set('Content-Security-Policy', POLICY);
    const method = ctx.method === 'HEAD' ? 'GET' : ctx.method;
    const matching = routes.flatMap((route) => {
      const params = route.method === method ? matchPath(route.path, ctx.path) : undefined;
      return params === undefined ? [] : [{ route, params }];
    });
    try {
      const [, run, path] = /^\/live\/([a-z0-9]{1,40})(\/.*)$/u.exec(ctx.path) ?? [];
      if (run !== undefined && path !== undefined) {
        if (await live(ctx, run, path)) return;
        if (ctx.method === 'GET') {
          ctx.redirect(`/runs/${run}`);
          return;
        }
      }
      const [found] = matching;
      if (found === undefined) throw new Problem(404, 'not-found', 'There is no such page.');
      send(ctx, await show(ctx, found.route, found.params));
    } catch (error) {
      const { body, retryAfter } = problemOf(error, service.complain);
      ctx.status = body.status;
      if (retryAfter !== undefined) ctx.set('Retry-After', String(retryAfter));
      const text = markup`<p>${body.detail}</p><p><a href="/">To the apps and runs</a></p>`;
      ctx.type = 'html';
      ctx.body = frame({ title: body.title, signedIn: false, body: text });
    }
  };
}

function send(ctx: Context, shown: PageReply): void {
  if ('cookie' in shown) ctx.set('Set-Cookie', shown.cookie);
  if ('goTo' in shown) {
    ctx.status = 303;
    ctx.redirect(shown.goTo);
    return;
  }
  if ('html' in shown) {
    ctx.status = shown.status ?? 200;
    ctx.type = 'html';
    ctx.body = shown.html;
    return;
  }
  if (shown.file.endsWith('.html')) ctx.set('Content-Security-Policy', FILE_POLICY);
  ctx.type = TYPES[shown.file.split('.').at(-1) ?? ''] ?? 'text/plain; charset=utf-8';
  ctx.body = shown.content;
}
