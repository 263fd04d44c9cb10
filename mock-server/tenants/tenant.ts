/** One tenant while it lives here: its mock behind its quotas; an answer leaves when what led to it is kept, and the same request again gets it again. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { finished } from 'node:stream/promises';
import type { Context } from 'koa';
import { z } from 'zod';
import { createCommands } from '../management/commands.ts';
import type { Exchange } from '../recorder/exchange.ts';
import type { KeptAnswer, Keeper, Owned } from './keeper.ts';
import { createBetween } from './between.ts';
import { Lost, type Journal } from './journal.ts';
import {
  AWAY,
  HISTORY_FULL,
  OrderRefused,
  refusalBody,
  refuse,
  TOO_MANY_AT_ONCE,
  TOO_MANY_LOGINS,
  type Refusal,
} from './refuse.ts';
import type { Named, ResentRequests } from './resent.ts';
import { revive, type ReviveOptions } from './revive.ts';

export interface Tenant {
  /** @param named by whoever stands in between, who may send it again: then it is not done again, or goes on from where it stood */
  handle(request: IncomingMessage, response: ServerResponse, named: Named | undefined): Promise<Moved | undefined>;
  /** The client of a request that another instance handed on has left. */
  left(id: string): void;
  /** Another instance has taken it over. */
  lose(): void;
  /** What is armed and what is held, as the management port says it; all of it is kept. */
  state(): Promise<object>;
  /** An order of the management port by its path, or `/scenario`. Undefined when there is no such order.
   * @throws OrderRefused */
  order(path: string, body: unknown, id: string): Promise<unknown>;
  readonly browserKey: string;
  /** Resolves when all that happened is kept. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** The tenant lives elsewhere by now and nothing of the request was kept: its body, if it was read, so that it can be handed on. */
export interface Moved {
  readonly body?: Buffer;
}

export interface TenantOptions extends Omit<
  ReviveOptions,
  'settle' | 'keep' | 'owned' | 'defer' | 'nameOf' | 'answerOf'
> {
  readonly owned: Owned;
  readonly keeper: Keeper;
  readonly me: string;
}

const scenario = z.strictObject({
  id: z.string().min(1).max(80),
  title: z.string().max(200).optional(),
  phase: z.string().max(80).optional(),
});

/** A tenant has no port: its connections are those of all, and to a front a broken one is an instance that is gone. */
const NO_PORT =
  'Connections to a tenant cannot be refused: all tenants are behind one port. Arm the fault service-unavailable (503) or reset-before-commit (the connection breaks) with "times":"always" instead.';

const MEBIBYTE = 1_048_576;

/** Answers that are at hand; older ones are in the store. */
const ANSWERS = 500;
/** A path on which a login begins or ends. */
const LOGIN = /^\/services\/oauth2\/(?:authorize|token)/u;

export async function openTenant(options: TenantOptions): Promise<Tenant> {
  const { owned, keeper, me } = options;
  const { name, quotas } = owned.definition;
  const names = new WeakMap<IncomingMessage, Named>();
  const moved = new WeakMap<IncomingMessage, (where: Moved) => void>();
  const answers = new Map<string, KeptAnswer>();
  const open = new Map<string, Promise<void>>();
  const between = createBetween();
  let reset: () => void = () => undefined;
  let inFlight = 0;
  let batch = owned.batch;
  let { bytes } = owned;

  const settle =
    (journal: Journal, resent: ResentRequests): ReturnType<ReviveOptions['settle']> =>
    async (ctx, expected) => {
      const id = names.get(ctx.req)?.id;
      const answer = id === undefined ? undefined : kept(ctx);
      try {
        await journal.settle(expected.exchange, expected, id !== undefined && answer ? [id, answer] : undefined);
      } catch (error) {
        if (!(error instanceof Lost)) throw error;
        // Nothing of it was kept: it never happened.
        const { exchange } = ctx.state as { readonly exchange: Exchange };
        if (error.toAnother && ctx.get('Content-Encoding') === '' && ctx.writable) {
          for (const header of ctx.res.getHeaderNames()) ctx.remove(header);
          ctx.respond = false;
          moved.get(ctx.req)?.({ body: exchange.rawBody });
          return;
        }
        ctx.status = AWAY.status;
        ctx.remove('Location');
        ctx.set('Retry-After', String(AWAY.retryAfter));
        ctx.body = refusalBody(ctx.path, AWAY).body;
        return;
      }
      if (id === undefined || answer === undefined) return;
      answers.set(id, answer);
      between.answered(expected, id);
      resent.answered(expected.exchange);
      const [oldest] = answers.size > ANSWERS ? answers.keys() : [];
      if (oldest !== undefined) answers.delete(oldest);
    };

  const revived = await revive({
    ...options,
    ...{ settle, answerOf: kept, nameOf: (request) => names.get(request) },
    onLost() {
      options.onLost();
      // What stands here stands on another instance by now.
      reset();
    },
    defer: (body, journal) => between.defer(body, (line) => void journal.record(line)),
    async keep(what) {
      const kept = await keeper.commit(name, me, owned.epoch, (batch += 1), what);
      if (kept !== false) bytes += kept;
      return kept !== false;
    },
  });
  const { journal, handler, mock, control, resent } = revived;
  const orders = createCommands(control, revived.mode);
  reset = () => {
    mock.control.reset();
  };
  const mayBeOld = owned.batch > 0;

  const over = (path: string): Refusal | undefined => {
    if (inFlight > quotas.inFlight) return TOO_MANY_AT_ONCE;
    if (journal.events >= quotas.events || bytes >= quotas.mebibytes * MEBIBYTE) return HISTORY_FULL;
    return revived.families() >= quotas.families && LOGIN.test(path) ? TOO_MANY_LOGINS : undefined;
  };

  const enter = ({ id, title = id, phase }: z.output<typeof scenario>): object => {
    journal.scenario = id;
    journal.record({ kind: 'scenario-begin', title, mode: owned.definition.mode });
    if (phase !== undefined) journal.record({ kind: 'phase', phase });
    return {};
  };

  /** Resolves when it has been answered, or cannot be answered here. */
  const answer = async (
    request: IncomingMessage,
    response: ServerResponse,
    named: Named | undefined,
  ): Promise<Moved | undefined> => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const { id = '' } = named ?? {};
    await resent.still(id);
    if (resent.wasCut(id)) {
      response.destroy();
      return undefined;
    }
    const before = answers.get(id) ?? (mayBeOld ? await keeper.answer(name, id) : undefined);
    if (before !== undefined) {
      between.again(id);
      response.writeHead(before.status, { ...before.headers } as Record<string, string | string[]>);
      response.end(Buffer.from(before.body, 'base64'));
      return undefined;
    }
    const refusal = resent.knows(id) ? undefined : over(path);
    if (refusal !== undefined) {
      refuse(response, path, refusal);
      return undefined;
    }
    try {
      await journal.enter();
    } catch (error) {
      if (error instanceof Lost && error.toAnother) return {};
      throw error;
    }
    if (named) names.set(request, named);
    const away = Promise.withResolvers<Moved>();
    moved.set(request, away.resolve);
    handler(request, response);
    return Promise.race([finished(response).catch(() => undefined), away.promise]).then((where) => where ?? undefined);
  };

  return {
    async handle(request, response, named) {
      inFlight += 1;
      const { id } = named ?? {};
      // The same request at once: the later one gets the answer of the first.
      const before = id === undefined ? undefined : open.get(id);
      if (id !== undefined) between.expect(id);
      const done = (before ?? Promise.resolve()).then(() => answer(request, response, named));
      const ended = done.then(() => undefined).catch(() => undefined);
      if (id !== undefined) open.set(id, ended);
      try {
        return await done;
      } catch {
        refuse(response, request.url ?? '', AWAY);
        return undefined;
      } finally {
        inFlight -= 1;
        if (id !== undefined && open.get(id) === ended) open.delete(id);
      }
    },
    left: (id) => {
      resent.left(id);
    },
    lose: () => {
      journal.lose();
    },
    async state() {
      const state = orders.state();
      await journal.flush();
      return state;
    },
    async order(path, body, id) {
      if (path === '/refuse-connections') throw new OrderRefused(NO_PORT);
      const before = answers.get(id) ?? (mayBeOld ? await keeper.answer(name, id) : undefined);
      if (before !== undefined) return JSON.parse(Buffer.from(before.body, 'base64').toString('utf8')) as unknown;
      await resent.gathered;
      const result = path === '/scenario' ? enter(scenario.parse(body)) : orders.table.get(path)?.(body);
      if (result === undefined) return undefined;
      const answer = { status: 200, headers: {}, body: Buffer.from(JSON.stringify(result)).toString('base64') };
      await journal.flush([id, answer]);
      answers.set(id, answer);
      return result;
    },
    browserKey: mock.browserKey,
    flush: () => journal.flush(),
    async close() {
      between.close();
      if (!journal.lost) await journal.flush().catch(() => undefined);
      await mock.close();
      if (!journal.lost) await journal.end();
    },
  };
}

/** An answer that is ready; undefined for a stream, which cannot be had twice. */
function kept(ctx: Context): KeptAnswer | undefined {
  const value: unknown = ctx.body ?? '';
  if (typeof value === 'object' && value !== null && 'pipe' in value) return undefined;
  const body =
    typeof value === 'string' || Buffer.isBuffer(value) ? Buffer.from(value) : Buffer.from(JSON.stringify(value));
  const headers = Object.entries(ctx.response.headers).flatMap(([name, one]) =>
    one === undefined || name === 'content-length' || name === 'transfer-encoding'
      ? []
      : [[name, asHeader(one)] as const],
  );
  return { status: ctx.status, headers: Object.fromEntries(headers), body: body.toString('base64') };
}

const asHeader = (value: string | number | readonly string[]) => (typeof value === 'number' ? String(value) : value);
