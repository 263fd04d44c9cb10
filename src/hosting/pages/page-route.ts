/** Defines the routes of pages and the input of their handlers. */
import { perform, type Call, type Route } from '../api/route.ts';

/** A request to a page. */
export interface Visit extends Omit<Call, 'body' | 'query'> {
  readonly query: URLSearchParams;
  /** Fields of a submitted form. */
  readonly form: URLSearchParams;
  readonly cookie: (name: string) => string | undefined;
}

/** The answer of a page: a page, a file, or a redirect. */
export type PageReply =
  | { readonly html: string; readonly status?: number; readonly cookie?: string }
  | { readonly file: string; readonly content: string | Buffer }
  | { readonly goTo: string; readonly cookie?: string };

/** A page of the service, as the table lists it. */
export interface PageRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Required scope of the signed-in visitor, or `anyone`. */
  readonly scope: 'anyone' | NonNullable<Route['scope']>;
  readonly show: (visit: Visit) => Promise<PageReply>;
}

/** A form that does what a route of the API does. */
export interface Form {
  /** Method and path of the route. */
  readonly does: string;
  readonly path: string;
  /** Returns the body of the request that the form stands for. */
  readonly body?: (form: URLSearchParams) => object;
  /** Returns what is shown then. @param value answer of the route */
  readonly next: (value: Readonly<Record<string, unknown>>, visit: Visit) => PageReply;
}

/** Returns the route of the page that a form is sent to. */
export function formRoute(api: readonly Route[], { does, path, body, next }: Form): PageRoute {
  const route = api.find(({ method, path: at }) => `${method} ${at}` === does);
  if (route?.scope === undefined) throw new Error(`No route is ${does}.`);
  return {
    ...{ method: 'POST', path, scope: route.scope },
    async show(visit) {
      const { value } = await perform(route, { ...visit, query: {}, body: body?.(visit.form) ?? {} });
      return next((value ?? {}) as Readonly<Record<string, unknown>>, visit);
    },
  };
}

/** Returns a form without fields that takes something away by a route of the API, and leads to `goTo`. */
export const removalForm = (api: readonly Route[], does: string, path: string, goTo: string): PageRoute =>
  formRoute(api, { does, path, next: () => ({ goTo }) });
