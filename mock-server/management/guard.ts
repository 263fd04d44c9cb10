/** Guards the management port: requests need the token, a host name of this machine, and must not come from a page of another origin. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context, Middleware } from 'koa';
import { z } from 'zod';
import { createBoundedMap } from '../bounded-map.ts';
import { readBody } from './body.ts';

const ticketShape = z.strictObject({ ticket: z.string().max(100) });

/** The guard of one management port. */
export interface Guard {
  readonly middleware: Middleware;
  /** The bearer token. */
  readonly token: string;
  /** Returns a path that works once: its fragment holds a ticket, which `POST /session` exchanges for the token of a page. */
  link(): string;
}

interface GuardParts {
  readonly port: () => number;
  /** Default: a random one. */
  readonly token?: string;
  /** Paths that need no token because they reveal nothing. */
  readonly open?: readonly string[];
}

/** Path at which a page exchanges its ticket. */
const SESSION = '/session';
/** Most unused links that are valid at once. */
const MOST_LINKS = 8;

/** Creates a guard that accepts a request when its `Host` names this machine (against DNS rebinding), no page of another origin sent it
 * (against CSRF), and it carries a token as `Authorization: Bearer`: the port's own, or one that a page got for the ticket of its link.
 * There is no cookie, because browsers send cookies to every port of a host (RFC 6265 §8.5), including the callback listener of the
 * client under test. */
export function createGuard({ port, token = randomBytes(32).toString('base64url'), open = [] }: GuardParts): Guard {
  // A separate secret: a browser never gets the bearer token.
  const session = randomBytes(32).toString('base64url');
  const tickets = createBoundedMap<string, true>(MOST_LINKS);

  const names = (): readonly string[] => ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${String(port())}`);
  const isOwn = (origin: string): boolean => names().some((name) => origin === `http://${name}`);

  const isLetIn = (ctx: Context): boolean => {
    const given = /^Bearer (\S{1,200})$/iu.exec(ctx.get('Authorization'))?.[1];
    return same(given, token) || same(given, session);
  };

  const enter = async (ctx: Context): Promise<void> => {
    const { ticket } = ticketShape.parse(await readBody(ctx));
    if (tickets.delete(ticket)) ctx.body = { token: session };
    else refuse(ctx, 403, 'This link was used already, or is not one of this session. Ask for a new one.');
  };

  return {
    token,
    link() {
      const ticket = randomBytes(24).toString('base64url');
      tickets.set(ticket, true);
      return `/#ticket=${ticket}`;
    },
    middleware: async (ctx, next) => {
      ctx.set({
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
        // Not `no-referrer`: browsers would then send `Origin: null` with the page's own requests.
        'Referrer-Policy': 'same-origin',
        'Cross-Origin-Resource-Policy': 'same-origin',
      });
      if (!names().includes(ctx.get('Host'))) {
        refuse(ctx, 421, 'This address is answered under 127.0.0.1 and localhost only.');
        return;
      }
      const origin = ctx.get('Origin');
      const safe = ctx.method === 'GET' || ctx.method === 'HEAD';
      // Another port of this machine is "same-site": only "same-origin" is this page.
      const site = ctx.get('Sec-Fetch-Site');
      const foreign = (site === 'cross-site' || site === 'same-site') && ctx.get('Sec-Fetch-Mode') !== 'navigate';
      if ((origin !== '' && !isOwn(origin)) || foreign) {
        refuse(ctx, 403, 'A page of another origin may not ask this.');
        return;
      }
      // Browsers request it for a page without an icon, and report a 404 as an error of the page.
      if (safe && ctx.path === '/favicon.ico') {
        ctx.status = 204;
        return;
      }
      if (safe && open.includes(ctx.path)) {
        await next();
        return;
      }
      if (ctx.method === 'POST' && ctx.path === SESSION) {
        await enter(ctx);
        return;
      }
      if (!isLetIn(ctx)) {
        ctx.set('WWW-Authenticate', 'Bearer');
        refuse(ctx, 401, 'The token is missing. Open the link that was printed at the start.');
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

/** Compares digests, so that the duration reveals neither length nor content. */
function same(given: string | undefined, expected: string): boolean {
  if (given === undefined) return false;
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
