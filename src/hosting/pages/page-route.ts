/** What a route of the pages is, and what its handler is given. */
import { perform, type Call, type Route } from '../api/route.ts';

/** A request to a page. */
export interface Visit extends Omit<Call, 'body' | 'query'> {
  readonly query: URLSearchParams;
  /** Fields of a form that was sent. */
  readonly form: URLSearchParams;
}

/** A page, a file, or another place to go to. */
export type PageReply =
  | { readonly html: string; readonly status?: number }
  | { readonly file: string; readonly content: string | Buffer }
  | { readonly goTo: string; readonly cookie?: string };

export interface PageRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Who may come: anyone, or a visitor who has signed in with this scope. */
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
