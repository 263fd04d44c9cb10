/** Serves the management port of a mock, separate from its protocol ports: state, commands, and the history as it is recorded. */
import Koa from 'koa';
import type { Context, Middleware } from 'koa';
import { z } from 'zod';
import { HarnessError } from '../../src/errors.ts';
import { listen } from '../http/listener.ts';
import { assertReachable } from '../http/loopback.ts';
import type { Mock, Mode } from '../mock.ts';
import { BadRequest } from './body.ts';
import type { Feed } from './feed.ts';
import { createGuard } from './guard.ts';
import { createCommandContext } from './command.ts';
import { COMMANDS } from './commands.ts';
import { answerRoutes } from './route.ts';
import { openStream } from './stream.ts';

export { createFeed, type Feed } from './feed.ts';
export { confirm } from './arming-commands.ts';
export { BadRequest, readBody } from './body.ts';
export { openStream, type EventStream } from './stream.ts';
export { answerRoutes, routesIn, type Route } from './route.ts';
export { FAULTS } from '../faults/catalogue.ts';

/** What the management port serves. */
export interface ManagementParts {
  readonly mock: Pick<Mock, 'loginUrl' | 'instanceUrl' | 'control' | 'open'>;
  /** The newest events of the history. */
  readonly feed: Feed;
  /** Mode in which the mock was started; default `strict`. */
  readonly mode?: Mode;
}

/** Most clients that may read `/events` at once. */
const MOST_READERS = 32;

/** Returns the middleware of the port: `GET /events` (server-sent events, resumed by `Last-Event-ID`) and the requests of `commands.ts`.
 * Passes other paths on. Requires a guard before it. */
function managementRoutes({ mock, feed, mode = 'strict' }: ManagementParts): readonly Middleware[] {
  let readers = 0;
  const events = (ctx: Context): void => {
    if (readers >= MOST_READERS) {
      ctx.status = 503;
      return;
    }
    readers += 1;
    const last = /^\d{1,15}$/u.exec(ctx.get('Last-Event-ID'))?.[0];
    const stream = openStream(ctx);
    const send = (event: { readonly seq: number }): void => {
      stream.send({ id: event.seq, data: event });
    };
    for (const event of feed.since(last === undefined ? undefined : Number(last))) send(event);
    const stop = feed.subscribe(send);
    stream.onClose(() => {
      readers -= 1;
      stop();
    });
  };
  return [
    async (ctx, next) => {
      if (ctx.method === 'GET' && ctx.path === '/events') events(ctx);
      else await next();
    },
    answerRoutes(COMMANDS, createCommandContext(mock, mode)),
  ];
}

/** Answers an invalid request with 400 and one sentence that reveals nothing of the program. */
export const explaining: Middleware = async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    if (error instanceof BadRequest || error instanceof z.ZodError) {
      ctx.status = 400;
      const text = error instanceof BadRequest ? error.message : z.prettifyError(error).slice(0, 1_000);
      ctx.body = { error: text };
      return;
    }
    if (error instanceof HarnessError && error.exit === 2) {
      ctx.status = 400;
      ctx.body = { error: error.message, code: error.code, hint: error.hint };
      return;
    }
    ctx.status = 500;
    ctx.body = { error: 'The harness failed.' };
  }
};

/** An open management port. */
export interface Management {
  /** `http://127.0.0.1:1234` */
  readonly origin: string;
  readonly token: string;
  /** Returns a URL that opens the port for one browser, once. */
  link(): string;
  close(): Promise<void>;
}

/** Options of `startManagement`. */
export interface ManagementOptions {
  /** Default: 127.0.0.1. Requests are answered only when they name 127.0.0.1 or localhost, whatever the host. */
  readonly host?: string;
  /** Default: 0, chosen by the system. */
  readonly port?: number;
  /** Allows a `host` that others can reach, as in a container whose port is published on the machine's loopback address. */
  readonly public?: boolean;
  /** The bearer token. Default: random. */
  readonly token?: string;
  /** Paths of `more` that need no token because they reveal nothing. */
  readonly open?: readonly string[];
  /** Runs after the routes of this file. */
  readonly more?: readonly Middleware[];
}

/** Opens the management port. @throws HarnessError `not-loopback`, `port-in-use` */
export async function startManagement(parts: ManagementParts, options: ManagementOptions = {}): Promise<Management> {
  const { host = '127.0.0.1', port = 0, more = [], open = [], token } = options;
  assertReachable(host, options.public ?? false, 'dashboard');
  let chosen = 0;
  const guard = createGuard({ port: () => chosen, open, ...(token !== undefined && { token }) });
  const app = new Koa();
  app.silent = true;
  for (const layer of [explaining, guard.middleware, ...managementRoutes(parts), ...more]) app.use(layer);
  const handler = app.callback();
  const listener = await listen((...exchange) => void handler(...exchange), host, port);
  chosen = listener.port;
  return {
    origin: listener.origin,
    token: guard.token,
    link: () => listener.origin + guard.link(),
    close: () => listener.close(),
  };
}
