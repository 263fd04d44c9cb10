/** How the endpoints say no. */
import type { Context } from 'koa';
import type { Exchange } from '../recorder/exchange.ts';
import { asksForPage, showError } from '../sign-in/error-page.ts';
import { writeFields } from './token-answer.ts';
import type { Denial } from './denial.ts';
import { browserId, noStore } from './headers.ts';

type Why = Pick<Denial, 'error' | 'errorDescription' | 'status'> & { readonly rule?: string; readonly bare?: boolean };

function note(exchange: Exchange, why: Why): void {
  exchange.error = why.error;
  exchange.errorDescription = why.errorDescription;
  if (why.rule !== undefined) exchange.deniedBy = why.rule;
}

/** The token endpoint's way: JSON, or what `format` or Accept ask for of what Salesforce has; never a page (RFC 6749 §5.2). */
export function refuseToken(ctx: Context, exchange: Exchange, why: Why): void {
  note(exchange, why);
  noStore(ctx);
  browserId(ctx);
  ctx.status = why.status;
  const fields = { error: why.error, error_description: why.errorDescription };
  writeFields(ctx, fields, exchange.form.get('format') ?? exchange.query.get('format'));
}

/** The authorization endpoint's way where nothing may be redirected: a line of text, on a page for a person's browser. */
export function refuseOnPage(ctx: Context, exchange: Exchange, why: Why): void {
  note(exchange, why);
  noStore(ctx);
  ctx.status = why.status;
  const text = `error=${encodeURIComponent(why.error)}&error_description=${encodeURIComponent(why.errorDescription)}`;
  if (why.bare !== true && asksForPage(ctx, exchange)) {
    showError(ctx, 'OAuth Error', `${why.error}: ${why.errorDescription}`, text);
    return;
  }
  ctx.type = 'text/plain;charset=UTF-8';
  ctx.body = why.bare === true ? Buffer.from(text) : text;
  if (why.bare === true) ctx.remove('Content-Type');
}

/** The authorization endpoint's way back to the client (RFC 6749 §4.1.2.1). */
export function refuseByRedirect(
  ctx: Context,
  exchange: Exchange,
  why: Why,
  to: {
    readonly redirectUri: string;
    readonly state: string | null;
    /** User-agent flow. */ readonly fragment?: boolean;
  },
): void {
  note(exchange, why);
  noStore(ctx);
  const url = new URL(to.redirectUri);
  const fields = {
    error: why.error,
    error_description: why.errorDescription,
    ...(to.state !== null && { state: to.state }),
  };
  if (to.fragment === true) url.hash = new URLSearchParams(fields).toString();
  else for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
  ctx.status = 302;
  ctx.set('Location', url.href);
  ctx.body = '';
}
