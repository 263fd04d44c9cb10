/** What a route of the API is. Router, OpenAPI document, forms of the pages and the test of isolation are made from the same table. */
import type { z } from 'zod';
import type { OrganisationStore } from '../store/organisation-store.ts';
import type { Scope } from '../store/organisation.ts';
import type { Principal } from '../store/store.ts';
import { notFound } from './problem.ts';

/** A request with a token that has the scope of the route. */
export interface Call<B = unknown, Q = unknown> {
  readonly params: Readonly<Record<string, string>>;
  /** The first parameter of the path, or nothing. */
  readonly id: string;
  readonly body: B;
  readonly query: Q;
  readonly principal: Principal;
  /** Store of the token's organisation. Routes of the service itself do not use it. */
  readonly own: OrganisationStore;
  readonly organisation: string;
  /** Aborted when the client disconnects. */
  readonly signal: AbortSignal;
}

/** The answer of a route; a value is sent as JSON. */
export interface RouteReply {
  readonly status?: number;
  readonly value?: unknown;
  readonly type?: string;
  readonly content?: string | Buffer;
  /** Whether the value holds a secret that is shown once and not stored. */
  readonly secret?: true;
}

/** A route of the API, as the table lists it. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Pattern such as `/v1/runs/:run`; a parameter that ends in `*` takes the rest of the path. */
  readonly path: string;
  /** Scope that the token needs; undefined: no token is needed. */
  readonly scope: Scope | undefined;
  readonly summary: string;
  readonly body?: z.ZodType | undefined;
  readonly query?: z.ZodType | undefined;
  /** Schema of the answer's JSON. */
  readonly answer?: z.ZodType | undefined;
  /** Whether it is polled throughout a run: it has its own rate limit, and its message numbers make it idempotent. */
  readonly link?: boolean;
  /** What the audit log says was done. */
  readonly audit?: string;
  readonly handle: (call: Call) => Promise<RouteReply>;
}

interface Definition<B extends z.ZodType, Q extends z.ZodType> extends Omit<Route, 'body' | 'query' | 'handle'> {
  readonly body?: B;
  readonly query?: Q;
  readonly handle: (call: Call<z.output<B>, z.output<Q>>) => Promise<RouteReply>;
}

/** Returns a route whose handler gets the types of its schemas. */
export function route<B extends z.ZodType = z.ZodUndefined, Q extends z.ZodType = z.ZodUndefined>(
  definition: Definition<B, Q>,
): Route {
  return definition as unknown as Route;
}

/** Returns a route that takes something of the organisation away. @param remove resolves with false when it is not there */
export const removal = (
  about: Pick<Route, 'path' | 'summary' | 'audit'>,
  remove: (own: OrganisationStore, id: string) => Promise<boolean>,
): Route => ({
  ...{ method: 'DELETE', scope: 'manage', ...about },
  async handle({ own, id }) {
    if (!(await remove(own, id))) throw notFound();
    return { status: 204 };
  },
});

/** Does what a route is for and writes it into the audit log. @throws ZodError for a body or query that is wrong, and what its handler throws */
export async function perform({ body, query, handle, audit }: Route, call: Call): Promise<RouteReply> {
  const reply = await handle({ ...call, body: body?.parse(call.body), query: query?.parse(call.query) });
  if (audit !== undefined) {
    const { id } = (reply.value ?? {}) as { readonly id?: string };
    const subject = [...(id === undefined ? [] : [id]), ...Object.values(call.params)].join(' of ');
    await call.own.audit(call.principal.token, audit, subject);
  }
  return reply;
}

/** Returns the parameters of a path that matches a pattern; undefined when it does not match. */
export function matchPath(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const source = pattern
    .replaceAll('.', '\\.')
    .replaceAll(/\/:(\w+)(\*?)/gu, (_, name: string, rest: string) => `/(?<${name}>${rest === '' ? '[^/]+' : '.+'})`);
  const groups = new RegExp(`^${source}$`, 'u').exec(path)?.groups;
  if (groups === undefined) return pattern === path ? {} : undefined;
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decoded(value)]));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
