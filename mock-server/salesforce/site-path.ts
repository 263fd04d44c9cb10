/** Experience sites may live below a path, and their endpoints with them: `https://…my.site.com/partners/services/oauth2/token` (facts, section 1). */
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';

/** One segment before the path of an endpoint. */
const BELOW =
  /^(\/(?!(?:services|id|login|secur|setup)\/)[\w-]{1,40})\/(?=services\/|setup\/connect|secur\/frontdoor|id\/keys|\.well-known\/)/;

/** Takes the path of a site off a request's path. The context's issuer then has that path. */
export function enterSite(exchange: Exchange, context: MockContext): readonly [Exchange, MockContext] {
  const path = context.host === 'experience' ? BELOW.exec(exchange.path)?.[1] : undefined;
  if (path === undefined) return [exchange, context];
  return [
    { ...exchange, path: exchange.path.slice(path.length) },
    { ...context, issuer: context.issuer + path, sitePath: path },
  ];
}
