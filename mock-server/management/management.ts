/**
 * The management port: a server of its own, apart from the protocol port, for the dashboard and for scripts.
 *
 * It listens on loopback only and wants a bearer token that is drawn at start. Bodies are JSON, at most 64 kB.
 * `GET /state`, `GET /events` (server-sent), `GET|POST /gates`, `POST /gates/<id>/open`, `DELETE /gates/<id>`, `GET|POST /faults`,
 * `DELETE /faults/<id>`, `POST /control/<name>`.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import Koa from 'koa';
import type { Context } from 'koa';
import type { Event } from '../../src/history/event.ts';
import { FAULTS } from '../faults/catalogue.ts';
import { listen } from '../listener.ts';
import type { Mock } from '../mock.ts';
import { createArmed, type Armed } from './armed.ts';
import { readJson } from './body.ts';
import { CONTROLS, faultBody, gateBody } from './commands.ts';
import { createFeed, type Feed } from './feed.ts';

export interface ManagementOptions {
  readonly mock: Mock;
  /** As of the run's log. */
  readonly subscribe: (listener: (event: Event) => void) => () => void;
  /** Default 0: the system chooses. */
  readonly port?: number;
}

export interface Management {
  /** `http://127.0.0.1:1234` */
  readonly url: string;
  /** Goes into `Authorization: Bearer …`. */
  readonly token: string;
  close(): Promise<void>;
}

interface Parts {
  readonly mock: Mock;
  readonly armed: Armed;
  readonly feed: Feed;
}

/** @throws Trouble `port-in-use`, `cannot-listen` */
export async function startManagement({ mock, subscribe, port = 0 }: ManagementOptions): Promise<Management> {
  const token = randomBytes(32).toString('base64url');
  const parts: Parts = { mock, armed: createArmed(mock.control), feed: createFeed(subscribe) };
  const app = new Koa();
  app.silent = true;
  app.use(async (ctx) => {
    ctx.set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
    // A page of another site that has its name resolve to 127.0.0.1 comes with that name.
    if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(ctx.host)) return say(ctx, 421, 'this is 127.0.0.1');
    if (!isToken(ctx.get('Authorization'), token)) {
      ctx.set('WWW-Authenticate', 'Bearer');
      return say(ctx, 401, 'the bearer token of this management port is missing or wrong');
    }
    await answer(ctx, parts);
  });
  const handler = app.callback();
  const listener = await listen((...exchange) => void handler(...exchange), '127.0.0.1', port);
  return {
    url: listener.origin,
    token,
    async close() {
      parts.feed.close();
      await listener.close();
    },
  };
}

const digest = (text: string) => createHash('sha256').update(text).digest();
const isToken = (header: string, token: string) => timingSafeEqual(digest(header), digest(`Bearer ${token}`));

function say(ctx: Context, status: number, error: string): void {
  ctx.status = status;
  ctx.body = { error };
}

async function answer(ctx: Context, parts: Parts): Promise<void> {
  const [, area = '', id, action] = ctx.path.split('/').map(decode);
  if (ctx.method === 'GET' && id === undefined) return look(ctx, area, parts);
  if (ctx.method === 'DELETE' && id !== undefined && action === undefined) {
    const gone = area === 'gates' ? parts.armed.closeGate(id) : area === 'faults' && parts.armed.disarm(id);
    return gone ? say204(ctx) : say(ctx, 404, 'there is no such thing');
  }
  if (ctx.method !== 'POST') return say(ctx, 404, 'there is no such thing');
  const body = await readJson(ctx);
  if (body.kind === 'refused') return say(ctx, body.status, body.reason);
  return act(ctx, { area, id, action, body: body.value }, parts);
}

const say204 = (ctx: Context): void => void (ctx.status = 204);

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function look(ctx: Context, area: string, { mock, armed, feed }: Parts): void {
  switch (area) {
    case 'state':
      ctx.body = {
        ...{
          loginUrl: mock.loginUrl,
          instanceUrl: mock.instanceUrl,
          hosts: mock.hosts,
          org: mock.org,
          open: mock.open,
        },
        ...{ families: mock.control.families(), gates: armed.gates(), faults: armed.faults() },
      };
      return;
    case 'gates':
      ctx.body = armed.gates();
      return;
    case 'faults':
      ctx.body = [...FAULTS.values()].map(({ id, title, on, phase }) => ({ id, title, on, phase }));
      return;
    case 'events': {
      const after = Number(ctx.get('Last-Event-ID') || (new URLSearchParams(ctx.querystring).get('after') ?? 0));
      ctx.respond = false;
      feed.send(ctx.res, Number.isFinite(after) ? after : 0);
      return;
    }
    default:
      say(ctx, 404, 'there is no such thing');
  }
}

interface Request {
  readonly area: string;
  readonly id: string | undefined;
  readonly action: string | undefined;
  readonly body: unknown;
}

function act(ctx: Context, { area, id, action, body }: Request, { mock, armed }: Parts): void {
  if (area === 'control' && id !== undefined && Object.hasOwn(CONTROLS, id)) {
    const done = CONTROLS[id as keyof typeof CONTROLS].run(mock.control, body);
    if (done) ctx.status = 204;
    else say(ctx, 400, `the body is not what ${id} takes`);
    return;
  }
  if (area === 'gates' && id !== undefined && action === 'open') {
    const { exchange } = body as { readonly exchange?: unknown };
    if (armed.open(id, typeof exchange === 'number' ? exchange : undefined)) ctx.status = 204;
    else say(ctx, 404, 'there is no such gate');
    return;
  }
  const [gate, fault] = [gateBody.safeParse(body), faultBody.safeParse(body)];
  if (area === 'gates' && id === undefined && gate.success) {
    const { point, limit } = gate.data;
    ctx.status = 201;
    ctx.body = armed.hold({ point, ...(limit !== undefined && { limit }) });
    return;
  }
  if (area === 'faults' && id === undefined && fault.success) {
    const { on, times, with: settings } = fault.data;
    const made = armed.inject({
      fault: fault.data.fault,
      ...(on && { on }),
      ...(times !== undefined && { times: times === 0 ? Infinity : times }),
      ...(settings && { with: settings }),
    });
    if (made === undefined) return say(ctx, 404, 'there is no such fault');
    ctx.status = 201;
    ctx.body = made;
    return;
  }
  const known = (area === 'gates' || area === 'faults') && id === undefined;
  say(ctx, known ? 400 : 404, known ? 'the body is not what this takes' : 'there is no such thing');
}
