/** The token of the page: kept for this tab and this port alone, and sent in a header, never as a cookie. */

const KEPT = 'sf-conformance-session';

/** Keeps the token, so that the page can be loaded again. */
export function keep(token: string): void {
  sessionStorage.setItem(KEPT, token);
}

/** Requests a path below the page's own with the token. Rejects when there is no connection. */
export function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${sessionStorage.getItem(KEPT) ?? ''}`);
  return fetch(`.${path}`, { ...init, headers });
}
