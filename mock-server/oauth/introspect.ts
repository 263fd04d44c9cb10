/** Introspection (RFC 7662): oidc-provider's endpoint and client authentication on our tokens, with Salesforce's fields. */
import type { Context } from 'koa';
import type { JwtTokens } from '../salesforce/jwt-token.ts';
import { refusal } from '../salesforce/denial.ts';
import { refuseToken } from '../salesforce/refusal.ts';
import { noStore } from '../salesforce/headers.ts';
import { ROUTES } from '../salesforce/route.ts';
import { answeredScopes } from '../salesforce/scope.ts';
import { forward, refusalOf } from '../provider/forward.ts';
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { readBasic } from '../recorder/measure-client.ts';
import type { FindToken } from '../store/adapter.ts';
import type { FamilyRecord } from '../token-families/family.ts';
import { accessOpen, refreshOpen } from '../token-families/lifetime.ts';

/** What is answered as `exp` of tokens that live until they are revoked: so many milliseconds after they were issued. */
const SHOWN_LIFETIME_MS = 7_200_000;

/** Answers `/services/oauth2/introspect`. */
export async function introspect(ctx: Context, exchange: Exchange, parts: MockContext): Promise<void> {
  if (ctx.method !== 'POST') {
    refuseToken(ctx, exchange, refusal('use-post'));
    return;
  }
  const parameter = (name: string) => exchange.form.get(name) ?? exchange.query.get(name);
  const basic = readBasic(ctx.get('Authorization'))?.formDecoded;
  const inner = new URLSearchParams();
  const given = {
    token: parts.jwt === undefined ? parameter('token') : inside(parameter('token'), parts.jwt),
    token_type_hint: parameter('token_type_hint'),
    client_id: parameter('client_id') ?? basic?.id,
    client_secret: parts.app.client === 'public' ? undefined : (parameter('client_secret') ?? basic?.secret ?? ''),
  };
  if (given.client_id !== parts.app.clientId) {
    refuseToken(ctx, exchange, refusal('client-identifier'));
    return;
  }
  for (const [name, value] of Object.entries(given)) if (typeof value === 'string') inner.set(name, value);
  await forward(ctx, parts.provider, { method: 'POST', url: ROUTES.introspect, form: inner });

  const refused = refusalOf(ctx);
  if (refused !== undefined) {
    // A secret that is empty is a missing one.
    const invalidClient = refused.error === 'invalid_client' || given.client_secret === '';
    const { invalidClientStatus: status } = parts.switches;
    refuseToken(
      ctx,
      exchange,
      invalidClient ? { ...refusal('client-credentials'), status } : { ...refused, status: 400 },
    );
    return;
  }
  noStore(ctx);
  ctx.type = 'application/json;charset=UTF-8';
  ctx.body = JSON.stringify(await shown(ctx.body, given.token ?? '', parts));
}

/** The opaque token inside a JWT: oidc-provider introspects no JWTs. */
const inside = (raw: string | null, jwt: JwtTokens) =>
  raw?.startsWith('eyJ') === true ? (jwt.unwrap(raw) ?? 'unknown') : raw;

async function shown(
  body: unknown,
  raw: string,
  { tokenCodec, tokenFamilies, org, loginUrl, switches }: MockContext,
): Promise<object> {
  const mark = tokenCodec.readAccessToken(raw) ?? tokenCodec.readRefreshToken(raw);
  const family = mark === null ? undefined : await tokenFamilies.read(mark.family);
  const active = typeof body === 'object' && body !== null && 'active' in body && body.active === true;
  if (!active || mark === null || family === undefined) return { active: false };
  const user = org.user(family.user);
  const access = tokenCodec.readAccessToken(raw);
  const iat = access !== null ? access.issuedAt : Math.floor(family.issuedAt / 1000);
  return {
    active: true,
    scope: answeredScopes(family.scopes),
    client_id: family.clientId,
    username: user.username,
    sub: `${loginUrl}/id/${org.id}/${user.id}`,
    token_type: access !== null ? 'access_token' : 'refresh_token',
    exp: iat + Math.floor((switches.accessTokenMs || SHOWN_LIFETIME_MS) / 1000),
    iat,
    nbf: iat,
  };
}

/** Shows oidc-provider a live token of ours as one of its models. */
export const findToken =
  ({
    tokenCodec,
    tokenFamilies,
    switches,
    userStatuses,
    clock,
  }: Pick<MockContext, 'tokenCodec' | 'tokenFamilies' | 'switches' | 'userStatuses' | 'clock'>): FindToken =>
  async (kind, raw) => {
    const access = kind === 'AccessToken' ? tokenCodec.readAccessToken(raw) : null;
    const mark = access ?? (kind === 'RefreshToken' ? tokenCodec.readRefreshToken(raw) : null);
    const family = mark === null ? undefined : await tokenFamilies.read(mark.family);
    if (mark === null || family === undefined) return undefined;
    const alive =
      access === null
        ? refreshOpen(family, shownGeneration(family, mark.generation, switches), switches, clock())
        : accessOpen(family, access, switches, clock());
    if (!alive || userStatuses.endsSessions(family.user)) return undefined;
    const iat = Math.floor(family.createdAt / 1000);
    return {
      kind,
      jti: raw,
      clientId: family.clientId,
      accountId: family.user,
      scope: family.scopes.join(' '),
      iat,
      exp: 2 ** 40,
    };
  };

/** Under a switch a token that was rotated out is shown as the newest of its family. */
const shownGeneration = ({ head }: FamilyRecord, generation: number, { introspectRotated }: MockContext['switches']) =>
  introspectRotated === 'active' && generation < head ? head : generation;
