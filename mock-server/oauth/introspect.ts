/** Implements introspection (RFC 7662) with Salesforce's fields. */
import { refusal, type Denial } from '../salesforce/denial.ts';
import { tokenRefusal } from '../salesforce/refusal.ts';
import { NO_STORE } from '../salesforce/headers.ts';
import { answeredScopes } from '../salesforce/scope.ts';
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { readBasic, isSecret } from '../recorder/measure/client.ts';
import { json, type Reply } from '../reply.ts';
import type { FamilyRecord } from '../token-families/family.ts';
import { accessOpen, refreshOpen } from '../token-families/lifetime.ts';
import { parameterOf } from './token-request.ts';

/** Lifetime in the `exp` of tokens that are valid until they are revoked, because introspection requires an `exp`. */
const SHOWN_LIFETIME_MS = 7_200_000;

/** Answers `/services/oauth2/introspect`. */
export async function introspect(exchange: Exchange, context: MockContext): Promise<Reply> {
  const denied = exchange.method === 'POST' ? denialFor(exchange, context) : refusal('use-post');
  if (denied !== undefined) return tokenRefusal(exchange, denied);
  const found = await activeToken(parameterOf(exchange, 'token') ?? '', context);
  return json(200, found ?? { active: false }, NO_STORE);
}

/** Returns why the client may not introspect; undefined when it may. */
function denialFor(exchange: Exchange, { app, switches }: MockContext): Denial | undefined {
  const basic = readBasic(exchange.header('Authorization'))?.formDecoded;
  if ((parameterOf(exchange, 'client_id') ?? basic?.id) !== app.clientId) return refusal('client-identifier');
  const secret = parameterOf(exchange, 'client_secret') ?? basic?.secret;
  if (app.client === 'confidential' && !isSecret(secret, app))
    return { ...refusal('client-credentials'), status: switches.invalidClientStatus };
  if (parameterOf(exchange, 'token')) return undefined;
  return { status: 400, error: 'invalid_request', errorDescription: "missing required parameter 'token'" };
}

/** Resolves with the answer about a token that is currently valid; undefined for other tokens. */
async function activeToken(
  raw: string,
  { tokenCodec, tokenFamilies, switches, userStatuses, clock, org, loginUrl }: MockContext,
): Promise<object | undefined> {
  const access = tokenCodec.readAccessToken(raw);
  const claims = access ?? tokenCodec.readRefreshToken(raw);
  const family = claims === null ? undefined : await tokenFamilies.read(claims.family);
  if (claims === null || family === undefined || userStatuses.endsSessions(family.user)) return undefined;
  const active =
    access === null
      ? refreshOpen(family, shownGeneration(family, claims.generation, switches), switches, clock())
      : accessOpen(family, access, switches, clock());
  if (!active) return undefined;
  const user = org.user(family.user);
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

/** Returns the generation to report: with a switch, a rotated token counts as the newest of its family. */
const shownGeneration = ({ head }: FamilyRecord, generation: number, { introspectRotated }: MockContext['switches']) =>
  introspectRotated === 'active' && generation < head ? head : generation;
