/** Key under which the page's token is kept, for this tab and port only. It is sent in a header, never as a cookie. */

const KEPT = 'sf-conformance-session';

/** Stores the token, so that the page can be reloaded. */
export function keep(token: string): void {
  sessionStorage.setItem(KEPT, token);
}

/** Requests a path of the dashboard with the token. Rejects when there is no connection. */
export function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${sessionStorage.getItem(KEPT) ?? ''}`);
  return fetch(`.${path}`, { ...init, headers });
}
