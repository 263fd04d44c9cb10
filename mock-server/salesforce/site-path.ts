/** Experience sites may live below a path, and their endpoints with them: `https://…my.site.com/partners/services/oauth2/token` (facts, section 1). */
import type { Context } from 'koa';
import type { MockContext } from '../context.ts';

/** One segment before what is an endpoint on every host. */
const BELOW =
  /^(\/(?!(?:services|id|login|secur|setup)\/)[\w-]{1,40})\/(?=services\/|setup\/connect|secur\/frontdoor|id\/keys|\.well-known\/)/;

/** Takes the path of a site off the request's. What answers is handed an issuer with that path. */
export function enterSite(ctx: Context, parts: MockContext): MockContext {
  const path = parts.host === 'experience' ? BELOW.exec(ctx.path)?.[1] : undefined;
  if (path === undefined) return parts;
  ctx.path = ctx.path.slice(path.length);
  return { ...parts, issuer: parts.issuer + path, sitePath: path };
}
