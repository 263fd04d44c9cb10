/** The authorization endpoint (RFC 6749 §3.1): our policy, then oidc-provider, then Salesforce's way to say it. */
import type { Context } from 'koa';
import { refusal } from '../dialect/denial.ts';
import { refuseByRedirect, refuseOnPage } from '../dialect/refusal.ts';
import { INNER_AUTHORIZE } from '../dialect/route.ts';
import type { Parts } from '../parts.ts';
import { judgeAuthorization } from '../policy/policy.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { authorizationQuery } from './authorization-query.ts';
import { forward, refusalOf } from './forward.ts';

/** Answers `GET /services/oauth2/authorize`. */
export async function authorize(ctx: Context, exchange: Exchange, parts: Parts): Promise<void> {
  const { facts, query } = exchange;
  if (await parts.faults.before('authorize', exchange, ctx)) return;
  if (ctx.method !== 'GET' || facts.kind !== 'authorize') {
    refuseOnPage(ctx, exchange, refusal('use-get'));
    return;
  }
  const mode = parts.mode();
  const denied =
    judgeAuthorization(facts, { app: parts.app, mode, switches: parts.switches, scope: query.get('scope') }) ??
    (query.get('immediate') === 'true' ? { ...refusal('immediate'), redirect: true } : undefined);
  if (denied !== undefined) {
    const redirectUri = query.get('redirect_uri') ?? '';
    if (denied.redirect === true) refuseByRedirect(ctx, exchange, denied, { redirectUri, state: query.get('state') });
    else refuseOnPage(ctx, exchange, denied);
    await parts.faults.after('authorize', exchange, ctx);
    return;
  }
  const inner = authorizationQuery(query, facts, mode);
  await forward(ctx, parts.provider, { method: 'GET', url: `${INNER_AUTHORIZE}?${inner.toString()}` });
  await finish(ctx, exchange, parts);
}

/** Answers the way back from the sign-in page: the code, or the user's no. */
export async function resume(ctx: Context, exchange: Exchange, parts: Parts): Promise<void> {
  await forward(ctx, parts.provider, { method: 'GET', url: ctx.url });
  await finish(ctx, exchange, parts);
}

/** Gives oidc-provider's answer Salesforce's form, and says what it hands out. */
async function finish(ctx: Context, exchange: Exchange, { faults }: Parts): Promise<void> {
  const refused = refusalOf(ctx);
  if (refused !== undefined) {
    refuseOnPage(ctx, exchange, { ...refused, status: ctx.status });
    return;
  }
  const location = ctx.response.get('Location');
  if (location === '') return;
  ctx.body = '';
  ctx.status = 302;
  if (location.startsWith('/')) return;

  const url = new URL(location);
  url.searchParams.delete('iss');
  ctx.set('Location', url.href);
  const code = url.searchParams.get('code');
  if (code !== null) {
    exchange.issued = { code };
  } else {
    const [error, description] = [url.searchParams.get('error'), url.searchParams.get('error_description')];
    if (error !== null) exchange.error = error;
    if (description !== null) exchange.errorDescription = description;
  }
  await faults.after('authorize', exchange, ctx);
}
