/** Revocation (RFC 7009) as Salesforce has it: no client authentication, POST or GET (facts, sections 1 and 5.6). */
import type { Context } from 'koa';
import { denial, type Denial } from '../salesforce/denial.ts';
import { refuseToken } from '../salesforce/refusal.ts';
import { noStore } from '../salesforce/headers.ts';
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { readBasic, sameSecret } from '../recorder/measure-client.ts';
import { revoked, withoutAccessToken } from '../token-families/family.ts';
import { accessOpen, refreshOpen } from '../token-families/lifetime.ts';

const HINTS: ReadonlySet<string | null> = new Set([null, '', 'access_token', 'refresh_token']);

/** Answers `/services/oauth2/revoke`. A refresh token takes its whole family along, an access token only itself. */
export async function revoke(ctx: Context, exchange: Exchange, parts: MockContext): Promise<void> {
  const { form, query } = exchange;
  const raw = form.get('token') ?? query.get('token') ?? '';
  const kind = parts.tokenCodec.readAccessToken(raw) === null ? 'RT' : 'AT';
  await parts.gates.pass('revoke-request', exchange, raw === '' ? undefined : parts.redactor.label(kind, raw).label);
  if (await parts.faults.before('revoke', exchange, ctx)) return;

  const denied = parts.switches.revokeNeedsClient ? unproven(ctx, exchange, parts) : undefined;
  if (denied !== undefined) {
    refuseToken(ctx, exchange, denied);
    return;
  }
  const hint = form.get('token_type_hint') ?? query.get('token_type_hint');
  const error = HINTS.has(hint) ? await revokeToken(raw, parts) : 'unsupported_token_type';
  const callback = query.get('callback');
  if (callback !== null && ctx.method === 'GET' && /^[\w$.]{1,64}$/.test(callback)) {
    noStore(ctx);
    if (error !== undefined) exchange.error = error;
    ctx.type = 'application/javascript;charset=UTF-8';
    ctx.body = `${callback}(${JSON.stringify(error === undefined ? {} : { error })});`;
  } else if (error !== undefined) {
    const errorDescription = error === 'invalid_token' ? 'invalid token' : 'this token type is not supported';
    refuseToken(ctx, exchange, { status: 400, error, errorDescription });
  } else {
    noStore(ctx);
    ctx.status = 200;
    ctx.body = '';
  }
  await parts.faults.after('revoke', exchange, ctx);
}

/** `invalid_token` for a token that is unknown or dead already; no matter how many try, one of them ends it. */
async function revokeToken(
  raw: string,
  { tokenCodec, tokenFamilies, switches, clock }: MockContext,
): Promise<'invalid_token' | undefined> {
  const access = tokenCodec.readAccessToken(raw);
  if (access !== null) {
    const done = await tokenFamilies.change(access.family, (family) => {
      const open = accessOpen(family, access, switches, clock());
      return { next: open ? withoutAccessToken(family, access.generation) : family, result: open };
    });
    return done === true ? undefined : 'invalid_token';
  }
  const refresh = tokenCodec.readRefreshToken(raw);
  if (refresh === null) return 'invalid_token';
  const done = await tokenFamilies.change(refresh.family, (family) => {
    const current = refreshOpen(family, refresh.generation, switches, clock());
    return { next: current ? revoked(family, 'revocation') : family, result: current };
  });
  return done === true ? undefined : 'invalid_token';
}

/** What is said to a client that does not prove itself (RFC 7009 §2.1), in body or header; undefined: it does. */
function unproven(ctx: Context, { form }: Exchange, { app, mode, switches }: MockContext): Denial | undefined {
  const basic = readBasic(ctx.get('Authorization'))?.formDecoded;
  if ((form.get('client_id') ?? basic?.id) !== app.clientId) return denial('unknown-client', 'client-identifier');
  const secret = form.get('client_secret') ?? basic?.secret;
  const proven = app.client === 'public' || mode() === 'observing' || sameSecret(secret, app.clientSecret);
  return proven ? undefined : denial('wrong-secret', 'client-credentials', { status: switches.invalidClientStatus });
}
