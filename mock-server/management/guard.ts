/** Guards the management port: requests need the token, a host name of this machine, and no page of another origin behind them. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context, Middleware } from 'koa';
import { createBoundedMap } from '../bounded-map.ts';

/** The guard of one management port. */
export interface Guard {
  readonly middleware: Middleware;
  /** The bearer token. */
  readonly token: string;
  /** Returns a path that works once: it sets the cookie of a browser and leads to `/`. */
  link(): string;
}

interface GuardParts {
  readonly port: () => number;
  /** Default: a random one. */
  readonly token?: string;
}

/** The path of one-time links. */
const DOOR = '/open';
/** How many unused links are valid at once. */
const MOST_LINKS = 8;
const COOKIE_AGE_S = 12 * 60 * 60;

/**
 * Returns a guard that lets a request through when its `Host` is this machine by name (DNS rebinding), no other origin's page sent it (CSRF), and it
 * carries the token: as `Authorization: Bearer`, or as the cookie that a one-time link set.
 */
export function createGuard({ port, token = randomBytes(32).toString('base64url') }: GuardParts): Guard {
  // The cookie is a secret of its own: a browser never holds the bearer token.
  const session = randomBytes(32).toString('base64url');
  const tickets = createBoundedMap<string, true>(MOST_LINKS);

  // Cookies ignore ports: the name distinguishes two mocks on one machine.
  const cookieName = (): string => `sf_conformance_${String(port())}`;
  const names = (): readonly string[] => ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${String(port())}`);
  const isOwn = (origin: string): boolean => names().some((name) => origin === `http://${name}`);

  const byBearer = (ctx: Context): boolean => same(/^Bearer (\S{1,200})$/iu.exec(ctx.get('Authorization'))?.[1], token);
  const byCookie = (ctx: Context): boolean => same(ctx.cookies.get(cookieName()), session);

  const enter = (ctx: Context): void => {
    const ticket = typeof ctx.query['ticket'] === 'string' ? ctx.query['ticket'] : '';
    if (!byCookie(ctx)) {
      if (!tickets.delete(ticket)) {
        refuse(ctx, 403, 'This link was used already, or is not one of this session. Ask for a new one.');
        return;
      }
      ctx.set(
        'Set-Cookie',
        `${cookieName()}=${session}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${String(COOKIE_AGE_S)}`,
      );
    }
    // Not a redirect: a SameSite=Strict cookie is not sent along one that began elsewhere.
    ctx.set('Refresh', '0; url=/');
    ctx.type = 'text/plain';
    ctx.body = 'One moment.\n';
  };

  return {
    token,
    link() {
      const ticket = randomBytes(24).toString('base64url');
      tickets.set(ticket, true);
      return `${DOOR}?ticket=${ticket}`;
    },
    middleware: async (ctx, next) => {
      ctx.set({
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
        // Not `no-referrer`: browsers then send `Origin: null` with the page's own requests.
        'Referrer-Policy': 'same-origin',
        'Cross-Origin-Resource-Policy': 'same-origin',
      });
      if (!names().includes(ctx.get('Host'))) {
        refuse(ctx, 421, 'This address is answered under 127.0.0.1 and localhost only.');
        return;
      }
      const origin = ctx.get('Origin');
      const safe = ctx.method === 'GET' || ctx.method === 'HEAD';
      // Another port of this machine is "same-site", and browsers send it the cookie: only "same-origin" is this page.
      const site = ctx.get('Sec-Fetch-Site');
      const foreign = (site === 'cross-site' || site === 'same-site') && ctx.get('Sec-Fetch-Mode') !== 'navigate';
      if ((origin !== '' && !isOwn(origin)) || foreign) {
        refuse(ctx, 403, 'A page of another origin may not ask this.');
        return;
      }
      // Browsers ask for it by themselves for a page that names no icon, and report a 404 as an error of the page.
      if (safe && ctx.path === '/favicon.ico') {
        ctx.status = 204;
        return;
      }
      if (safe && ctx.path === DOOR) {
        enter(ctx);
        return;
      }
      if (byBearer(ctx)) {
        await next();
        return;
      }
      if (!byCookie(ctx)) {
        ctx.set('WWW-Authenticate', 'Bearer');
        refuse(ctx, 401, 'The token is missing. Open the link that was printed at the start.');
        return;
      }
      // With the cookie, a change needs the browser's statement that it comes from this page.
      if (!safe && origin === '' && site !== 'same-origin') {
        refuse(ctx, 403, 'A change by cookie needs an Origin or Sec-Fetch-Site header.');
        return;
      }
      await next();
    },
  };
}

function refuse(ctx: Context, status: number, text: string): void {
  ctx.status = status;
  ctx.type = 'text/plain';
  ctx.body = `${text}\n`;
}

/** Compares digests, so that the time reveals neither length nor content. */
function same(given: string | undefined, expected: string): boolean {
  if (given === undefined) return false;
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
