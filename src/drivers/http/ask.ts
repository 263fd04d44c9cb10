/** Converts requests of the configuration into requests of the browser. */
import type { Ask } from '../agent/fetch.ts';
import type { RequestConfig } from '../config.ts';

/** Turns a request of the configuration into one that the browser can send. */
export function askOf(request: RequestConfig, baseUrl: string): Ask {
  const base = new URL(baseUrl);
  // `baseUrl` may have a path: the application is below it.
  const url = new URL(base.pathname.replace(/\/$/, '') + request.path, base.origin);
  const { body } = request;
  const method = request.method.toUpperCase();
  const headers: Record<string, string> = {};
  // Browsers send the origin of a form or script, which applications check against CSRF.
  if (method !== 'GET' && method !== 'HEAD') headers['origin'] = base.origin;
  if (typeof body === 'object') headers['content-type'] = 'application/json';
  for (const [name, value] of Object.entries(request.headers)) headers[name.toLowerCase()] = value;
  return {
    url,
    method,
    headers,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  };
}
