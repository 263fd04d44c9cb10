/** Defines requests of the management port: the entry in the OpenAPI description, and the implementation. */
import type { Middleware } from 'koa';
import { z } from 'zod';
import { readBody } from './body.ts';

/** A request that is answered in a context `C`. */
export interface Route<C> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** `operationId` of the description. */
  readonly id: string;
  /** What it does, in one sentence without a full stop. */
  readonly summary: string;
  /** Schema of the JSON body; a GET has none. */
  readonly body: z.ZodType;
  /** Schema of the JSON answer. */
  readonly answer: z.ZodType;
  /** Returns the answer, or undefined for an empty object. @throws z.ZodError when the body is not valid */
  readonly act: (context: C, body: unknown) => unknown;
}

/** The parts of a request's declaration. */
export interface Declared<C, B extends z.ZodType, A extends z.ZodType> {
  readonly method?: 'GET';
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly body?: B;
  readonly answer?: A;
  readonly act: (context: C, body: z.infer<B>) => z.input<A> | Promise<z.input<A>> | undefined;
}

const EMPTY = z.strictObject({});

/** Returns a function that declares requests of a context; it infers the types of body and answer from their schemas. */
export function routesIn<C>() {
  return <B extends z.ZodType = typeof EMPTY, A extends z.ZodType = typeof EMPTY>(
    declared: Declared<C, B, A>,
  ): Route<C> => {
    const { method = 'POST', path, id, summary, body = EMPTY, answer = EMPTY } = declared;
    const act = (context: C, given: unknown) => declared.act(context, body.parse(given) as z.infer<B>);
    return { ...{ method, path, id, summary, body, answer }, act };
  };
}

/** Answers the requests of a table; passes other paths on. Requires a guard before it. */
export function answerRoutes<C>(routes: readonly Route<C>[], context: C): Middleware {
  const byPath = new Map(routes.map((route) => [route.path, route]));
  return async (ctx, next) => {
    const route = byPath.get(ctx.path);
    if (route === undefined) {
      await next();
      return;
    }
    if (ctx.method !== route.method) {
      ctx.status = 405;
      ctx.set('Allow', route.method);
      return;
    }
    ctx.body = (await route.act(context, route.method === 'GET' ? {} : await readBody(ctx))) ?? {};
  };
}
