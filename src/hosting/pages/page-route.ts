/** What a route of the pages is, and what its handler is given. */
import type { OrganisationStore } from '../store/organisation.ts';
import type { Principal } from '../store/store.ts';

/** A request to a page. */
export interface Visit {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Fields of a form that was sent. */
  readonly form: URLSearchParams;
  readonly principal: Principal;
  /** What the organisation of the visitor has. */
  readonly own: OrganisationStore;
  readonly organisation: string;
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
  readonly scope: 'anyone' | 'read' | 'run' | 'manage';
  readonly show: (visit: Visit) => Promise<PageReply>;
}
