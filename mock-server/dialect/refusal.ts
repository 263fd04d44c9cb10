/** How the endpoints say no. */
import type { Context } from 'koa';
import type { Exchange } from '../recorder/exchange.ts';
import type { Denial } from './denial.ts';
import { noStore } from './headers.ts';

type Why = Pick<Denial, 'error' | 'errorDescription' | 'status'> & { readonly rule?: string };

function note(exchange: Exchange, why: Why): void {
  exchange.error = why.error;
  exchange.errorDescription = why.errorDescription;
  if (why.rule !== undefined) exchange.deniedBy = why.rule;
}

/** The token endpoint's way: always a JSON body, whatever the client accepts (RFC 6749 §5.2). */
export function refuseToken(ctx: Context, exchange: Exchange, why: Why): void {
  note(exchange, why);
  noStore(ctx);
  ctx.status = why.status;
  ctx.type = 'application/json;charset=UTF-8';
  ctx.body = JSON.stringify({ error: why.error, error_description: why.errorDescription });
}

/** The authorization endpoint's way where nothing may be redirected: a line of text. */
export function refuseOnPage(ctx: Context, exchange: Exchange, why: Why): void {
  note(exchange, why);
  noStore(ctx);
  ctx.status = why.status;
  ctx.type = 'text/plain;charset=UTF-8';
  ctx.body = `error=${encodeURIComponent(why.error)}&error_description=${encodeURIComponent(why.errorDescription)}`;
}

/** The authorization endpoint's way back to the client (RFC 6749 §4.1.2.1). */
export function refuseByRedirect(
  ctx: Context,
  exchange: Exchange,
  why: Why,
  to: { readonly redirectUri: string; readonly state: string | null },
): void {
  note(exchange, why);
  noStore(ctx);
  const url = new URL(to.redirectUri);
  url.searchParams.set('error', why.error);
  url.searchParams.set('error_description', why.errorDescription);
  if (to.state !== null) url.searchParams.set('state', to.state);
  ctx.status = 302;
  ctx.set('Location', url.href);
  ctx.body = '';
}
