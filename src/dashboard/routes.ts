/** Serves the dashboard: the page, its files, and the requests of its buttons. */
import type { Context, Middleware } from 'koa';
import { z } from 'zod';
import { BadRequest, openStream, readBody } from '../../mock-server/management/management.ts';
import type { Board } from './board.ts';

/** Only resources of this origin load and run, and no other page can frame this one (CSP Level 3). */
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const MOST_VIEWERS = 16;
/** Most views that are sent in one second. */
const MOST_A_SECOND = 10;

const replyShape = z.strictObject({
  id: z.int().positive(),
  reply: z.enum(['done', 'failed', 'reconnect', 'unsupported', 'skip']),
});
const confirmShape = z.strictObject({ confirm: z.boolean().optional() });
const observeShape = z.strictObject({ on: z.boolean() });

type Handler = (ctx: Context) => Promise<void> | void;

/** Paths that need no token; their content is the same for every session and reveals nothing about it. */
export const OPEN_PATHS: readonly string[] = ['/', '/enter.js', '/style.css', '/script.js'];

/** Returns the middleware for the paths of the page. Requires a guard before it, which lets `OPEN_PATHS` through.
 * @param isGuarded whether the guard recognizes browsers by a cookie, so that the page itself is at `/` */
export function dashboardRoutes(board: Board, isGuarded = false): Middleware {
  const shell = async (): Promise<string> => (await import('./page.ts')).page(board.frame, isGuarded);
  const door = async (): Promise<string> => (await import('./page.ts')).door();
  const text =
    (type: string, body: () => Promise<string>): Handler =>
    async (ctx) => {
      ctx.type = type;
      ctx.body = await body();
    };
  const order = async (ctx: Context, act: (body: unknown) => boolean): Promise<void> => {
    if (!act(await readBody(ctx))) throw new BadRequest('That cannot be done now.');
    ctx.body = {};
  };
  const reads: Readonly<Record<string, Handler>> = {
    '/': text('html', isGuarded ? shell : door),
    '/page': text('html', shell),
    '/enter.js': text('text/javascript', () => script(new URL('./browser/enter', import.meta.url))),
    '/style.css': text('text/css', () => style(new URL('./live.css', import.meta.url))),
    '/script.js': text('text/javascript', () => script(new URL('./browser/main', import.meta.url))),
    '/live': watch(board),
    '/view': (ctx) => {
      ctx.body = board.view();
    },
    '/report': async (ctx) => {
      const report = await board.report();
      if (report === undefined) return;
      ctx.set('Content-Disposition', 'attachment; filename="report.html"');
      ctx.type = 'html';
      ctx.body = report;
    },
  };
  const posts: Readonly<Record<string, (ctx: Context) => Promise<void>>> = {
    '/reply': (ctx) =>
      order(ctx, (body) => {
        const { reply, id } = replyShape.parse(body);
        return board.reply(reply, id);
      }),
    '/observe': (ctx) => order(ctx, (body) => board.observe(observeShape.parse(body).on)),
    '/stop': (ctx) => order(ctx, () => board.stopGuiding()),
    '/write': async (ctx) => {
      await board.write();
      ctx.body = {};
    },
    '/start-over': (ctx) => order(ctx, () => board.startOver()),
    '/end': async (ctx) => {
      board.end();
      ctx.body = {};
    },
  };
  return async (ctx, next) => {
    ctx.set({ 'Content-Security-Policy': POLICY, 'X-Frame-Options': 'DENY' });
    const [, group, name] = /^\/(actions|guide)\/([a-z0-9-]{1,60})$/u.exec(ctx.path) ?? [];
    if (ctx.method === 'POST' && name !== undefined) {
      await order(ctx, (body) => {
        const { confirm = false } = confirmShape.parse(body);
        return group === 'guide' ? board.guide(name, confirm) : board.act(name, confirm);
      });
      return;
    }
    const answer = ctx.method === 'POST' ? posts[ctx.path] : ctx.method === 'GET' ? reads[ctx.path] : undefined;
    if (answer === undefined) await next();
    else await answer(ctx);
  };
}

// What a page is made of is loaded with the first page.
const script = async (entry: URL): Promise<string> => (await import('../../reports/html/assets.ts')).scriptOf(entry);
const style = async (sheet: URL): Promise<string> => (await import('../../reports/html/style.ts')).pageStyle(sheet);

/** Sends the view immediately and after each change, at most ten times a second. */
function watch(board: Board): Handler {
  let viewers = 0;
  return (ctx) => {
    if (viewers >= MOST_VIEWERS) {
      ctx.status = 503;
      return;
    }
    viewers += 1;
    const stream = openStream(ctx);
    let timer: NodeJS.Timeout | undefined;
    const send = (): void => {
      timer = undefined;
      stream.send({ event: 'view', data: board.view() });
    };
    const stop = board.subscribe(() => {
      // The last view is sent without delay, because the connection is about to be closed.
      if (board.view().ended) send();
      else timer ??= setTimeout(send, 1_000 / MOST_A_SECOND);
    });
    stream.onClose(() => {
      viewers -= 1;
      stop();
      clearTimeout(timer);
    });
    send();
  };
}
