/** What a route of the API is. Router, OpenAPI document and the test of isolation are made from the same table. */
import type { Context } from 'koa';
import type { z } from 'zod';
import type { OrganisationStore } from '../store/organisation.ts';
import type { Principal, Scope } from '../store/store.ts';

export type Method = 'GET' | 'POST' | 'DELETE';

/** A request that was let in: its token has the scope of the route. */
export interface Call<B = unknown, Q = unknown> {
  readonly params: Readonly<Record<string, string>>;
  readonly body: B;
  readonly query: Q;
  readonly principal: Principal;
  /** What the organisation of the token has. Routes of the service itself do not use it. */
  readonly own: OrganisationStore;
  readonly organisation: string;
  /** Aborted when the client leaves. */
  readonly signal: AbortSignal;
  readonly ctx: Context;
}

/** A value is sent as JSON. */
export interface RouteReply {
  readonly status?: number;
  readonly value?: unknown;
  readonly type?: string;
  readonly content?: string | Buffer;
  /** The value holds a secret that is shown once and kept nowhere. */
  readonly secret?: true;
}

export interface Route {
  readonly method: Method;
  /** `/v1/runs/:run`; a parameter that ends in `*` takes the rest of the path. */
  readonly path: string;
  /** Undefined: no token is needed. */
  readonly scope: Scope | undefined;
  readonly summary: string;
  readonly body?: z.ZodType | undefined;
  readonly query?: z.ZodType | undefined;
  /** Describes the JSON of the answer. */
  readonly answer?: z.ZodType | undefined;
  /** Sent all the time while a run lasts: it has a rate limit of its own, and the idempotency of its message numbers. */
  readonly link?: boolean;
  readonly handle: (call: Call) => Promise<RouteReply>;
}

interface Definition<B extends z.ZodType, Q extends z.ZodType> extends Omit<Route, 'body' | 'query' | 'handle'> {
  readonly body?: B;
  readonly query?: Q;
  readonly handle: (call: Call<z.output<B>, z.output<Q>>) => Promise<RouteReply>;
}

/** Returns a route whose handler has the types of its schemas. */
export function route<B extends z.ZodType = z.ZodUndefined, Q extends z.ZodType = z.ZodUndefined>(
  definition: Definition<B, Q>,
): Route {
  return definition as unknown as Route;
}

/** Returns the parameters of a path that a pattern matches. */
export function matchPath(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const names: string[] = [];
  const source = pattern.replace(/\/:(\w+)(\*?)/gu, (_, name: string, rest: string) => {
    names.push(name);
    return rest === '' ? '/([^/]+)' : '/(.+)';
  });
  const found = new RegExp(`^${source.replaceAll('.', '\\.').replaceAll('(\\.+)', '(.+)')}$`, 'u').exec(path);
  if (found === null) return undefined;
  return Object.fromEntries(names.map((name, index) => [name, decoded(found[index + 1] ?? '')]));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
