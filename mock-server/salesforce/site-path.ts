/** Supports Experience sites below a path, with their endpoints: `https://…my.site.com/partners/services/oauth2/token`. */
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';

/** Matches one segment before the path of an endpoint. */
const BELOW =
  /^(\/(?!(?:services|id|login|secur|setup)\/)[\w-]{1,40})\/(?=services\/|setup\/connect|secur\/frontdoor|id\/keys|\.well-known\/)/;

/** Removes the path of a site from a request's path and adds it to the context's issuer. */
export function enterSite(exchange: Exchange, context: MockContext): readonly [Exchange, MockContext] {
  const path = context.host === 'experience' ? BELOW.exec(exchange.path)?.[1] : undefined;
  if (path === undefined) return [exchange, context];
  return [
    { ...exchange, path: exchange.path.slice(path.length) },
    { ...context, issuer: context.issuer + path, sitePath: path },
  ];
}
