/** How tenants are made, moved and read: for whoever has the service's admin key. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { EventBody } from '../../src/history/event.ts';
import { FIRST_LINK, linkOf } from '../../src/history/open-log.ts';
import { definitionSchema, type Definition } from './definition.ts';
import type { Keeper } from './keeper.ts';
import { readWhole } from './pass-on.ts';
import { OrderRefused } from './refuse.ts';
import type { Tenant } from './tenant.ts';

export interface Admin {
  readonly key: string;
  /** On the service's own host name: `GET /tenants`, `POST /tenants`, and `GET /healthz` for anybody. */
  service(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** On a tenant's: `GET /.tenant` (what its browser must say), `GET /.tenant/history`, `GET /.tenant/state`, `POST /.tenant/<order>`. False: it is not for the admin. */
  tenant(
    request: IncomingMessage,
    response: ServerResponse,
    name: string,
    tenant: Tenant,
    id: string,
  ): Promise<boolean>;
}

export interface AdminParts {
  readonly keeper: Keeper;
  readonly adminKey: string;
  readonly begin?: (definition: Definition) => readonly EventBody[];
  readonly urls: (tenant: string) => { readonly login: string; readonly instance: string };
}

const PREFIX = '/.tenant';

export function createAdmin({ keeper, adminKey, begin, urls }: AdminParts): Admin {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const allowed = ({ headers }: IncomingMessage) =>
    timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${adminKey}`));
  const say = (response: ServerResponse, status: number, value: unknown) => {
    response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
    response.end(JSON.stringify(value));
  };
  const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
    const body = await readWhole(request);
    return JSON.parse(body === undefined || body.length === 0 ? '{}' : body.toString('utf8'));
  };
  /** What is wrong with a request is one sentence. */
  const explained = async (response: ServerResponse, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (error instanceof OrderRefused) {
        say(response, 409, { error: error.message });
        return;
      }
      if (!(error instanceof z.ZodError) && !(error instanceof SyntaxError)) throw error;
      say(response, 400, { error: error instanceof z.ZodError ? z.prettifyError(error).slice(0, 1_000) : 'no JSON' });
    }
  };

  return {
    key: adminKey,
    service: (request, response) =>
      explained(response, async () => {
        const what = `${request.method ?? ''} ${request.url ?? ''}`;
        if (what === 'GET /healthz') {
          say(response, 200, { ok: true });
          return;
        }
        if (!allowed(request)) {
          say(response, 401, { error: 'The admin key is missing.' });
          return;
        }
        if (what === 'GET /tenants') say(response, 200, { tenants: await keeper.names() });
        else if (what === 'POST /tenants') {
          const given = await bodyOf(request);
          // All instances reckon from the same clock.
          const createdAt = await keeper.time();
          const definition = definitionSchema.parse(isObject(given) ? { createdAt, ...given } : given);
          const first = definition.begin.length === 0 ? (begin?.(definition) ?? []) : definition.begin;
          const made = await keeper.define({ ...definition, begin: [...first] });
          if (made) say(response, 201, { name: definition.name, ...urls(definition.name) });
          else say(response, 409, { error: 'There is a tenant of this name.' });
        } else say(response, 404, { error: 'There is nothing here.' });
      }),
    async tenant(request, response, name, tenant, id) {
      const path = request.url ?? '';
      if (path !== PREFIX && !path.startsWith(`${PREFIX}/`)) return false;
      // To everybody else the path is one of the tenant's.
      if (!allowed(request)) return false;
      await explained(response, async () => {
        const order = path.slice(PREFIX.length);
        if (request.method === 'GET' && order === '') say(response, 200, { browserKey: tenant.browserKey });
        else if (request.method === 'GET' && order === '/state') say(response, 200, await tenant.state());
        else if (request.method === 'GET' && order === '/history') {
          await tenant.flush();
          response.writeHead(200, { 'Content-Type': 'application/jsonl', 'Cache-Control': 'no-store' });
          response.end(chained(await keeper.lines(name)));
        } else {
          const result = request.method === 'POST' ? await tenant.order(order, await bodyOf(request), id) : undefined;
          say(response, result === undefined ? 404 : 200, result ?? { error: 'There is no such order.' });
        }
      });
      return true;
    },
  };
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `history.jsonl`: every line is given its link to the one before. */
function chained(lines: readonly string[]): string {
  let prev = FIRST_LINK;
  return lines
    .map((line) => {
      const whole = `${line.slice(0, -1)},"prev":${JSON.stringify(prev)}}`;
      prev = linkOf(whole);
      return `${whole}\n`;
    })
    .join('');
}
