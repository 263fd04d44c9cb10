/** Implements revocation (RFC 7009) like Salesforce: no client authentication, POST or GET. */
import { denial, TEXTS, type Denial } from '../salesforce/denial.ts';
import { tokenRefusal } from '../salesforce/refusal.ts';
import { NO_STORE } from '../salesforce/headers.ts';
import type { MockContext } from '../context.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { readBasic, isSecret } from '../recorder/measure/client.ts';
import { content, empty, type Reply } from '../reply.ts';
import { revoked, withoutAccessToken } from '../token-families/family.ts';
import { accessOpen, refreshOpen } from '../token-families/lifetime.ts';
import { parameterOf } from './token-request.ts';

const HINTS: ReadonlySet<string | null> = new Set([null, '', 'access_token', 'refresh_token']);

const tokenIn = (exchange: Exchange) => parameterOf(exchange, 'token') ?? '';

/** The endpoint `/services/oauth2/revoke`. */
export const revokeEndpoint: Endpoint = {
  answer: revoke,
  arrival(exchange, { tokenCodec, redactor }) {
    const raw = tokenIn(exchange);
    const kind = tokenCodec.readAccessToken(raw) === null ? 'RT' : 'AT';
    return {
      target: 'revoke',
      gate: 'revoke-request',
      token: raw === '' ? undefined : redactor.label(kind, raw).label,
    };
  },
};

/** Revokes a token. A refresh token revokes its whole family, an access token only itself. */
async function revoke(exchange: Exchange, context: MockContext): Promise<Reply> {
  const { query, method } = exchange;
  const denied = context.switches.revokeNeedsClient ? denialFor(exchange, context) : undefined;
  if (denied !== undefined) return tokenRefusal(exchange, denied);
  if (tokenIn(exchange) === '') return withoutToken();
  const known = HINTS.has(parameterOf(exchange, 'token_type_hint'));
  const error = known ? await revokeToken(tokenIn(exchange), context) : 'unsupported_token_type';
  const errorDescription = error === 'unsupported_token_type' ? 'this token type is not supported' : 'invalid token';
  const callback = query.get('callback');
  if (callback !== null && method === 'GET' && /^[\w$.]{1,64}$/.test(callback)) {
    return {
      status: 200,
      headers: { ...NO_STORE, 'Content-Type': 'application/javascript;charset=UTF-8' },
      body: `${callback}(${JSON.stringify(error === undefined ? {} : { error })});`,
      refusal: error && { error },
    };
  }
  return error === undefined ? done(context) : tokenRefusal(exchange, { status: 400, error, errorDescription });
}

/** Returns the answer to a request without a token, which is urlencoded whatever the client accepts (forrest#213). */
function withoutToken(): Reply {
  const [error, errorDescription] = TEXTS['token-type'];
  const body = `error=${error}&error_description=${encodeURIComponent(errorDescription)}`;
  const reply = content(400, 'application/x-www-form-urlencoded;charset=UTF-8', body, NO_STORE);
  return { ...reply, refusal: { error, errorDescription } };
}

const done = ({ switches: { revokeContentType: type } }: MockContext): Reply =>
  type === 'none' ? empty(200, NO_STORE) : content(200, type, '', NO_STORE);

/** Revokes a valid token. `invalid_token`: it is unknown, or was revoked before. Of concurrent requests one revokes it. */
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

/** Returns why a client that does not authenticate (RFC 7009 §2.1) in body or header is refused; undefined when it does. */
function denialFor({ form, header }: Exchange, { app, mode, switches }: MockContext): Denial | undefined {
  const basic = readBasic(header('Authorization'))?.formDecoded;
  if ((form.get('client_id') ?? basic?.id) !== app.clientId) return denial('unknown-client', 'client-identifier');
  const secret = form.get('client_secret') ?? basic?.secret;
  const proven = app.client === 'public' || mode() === 'observing' || isSecret(secret, app);
  return proven ? undefined : denial('wrong-secret', 'client-credentials', { status: switches.invalidClientStatus });
}
