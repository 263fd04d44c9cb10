/** Finds the session of a resource request. */
import type { User } from '../salesforce/org.ts';
import type { AccessTokenClaims } from '../salesforce/token-codec.ts';
import { currentNonce } from '../dpop/nonce.ts';
import { judgeUse } from '../dpop/resource-request.ts';
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { findAccessToken } from '../recorder/measure/resource.ts';
import type { FamilyRecord } from '../token-families/family.ts';
import { accessOpen } from '../token-families/lifetime.ts';

/** The session of a valid access token. */
export interface Session {
  readonly user: User;
  readonly family: FamilyRecord;
  readonly claims: AccessTokenClaims;
}

/** The access token of a request and its session. */
export interface SentSession {
  /** Null when no token was sent. */
  readonly raw: string | null;
  /** Undefined for an expired or unknown token. */
  readonly session: Session | undefined;
  /** Set when the token is valid and bound to a key, and its proof needs this nonce. */
  readonly nonce?: string;
}

/** Finds the access token in the places where clients send it, and its session. */
export async function sentSession(exchange: Exchange, context: MockContext): Promise<SentSession> {
  const raw = findAccessToken(exchange)?.raw ?? null;
  const session = raw === null ? undefined : await liveSession(raw, context);
  if (raw === null || session === undefined) return { raw, session };
  const use = await judgeUse(exchange, { raw, jkt: session.family.jkt }, context);
  if (use === 'nonce') return { raw, session: undefined, nonce: await currentNonce('resource', context) };
  return { raw, session: use === 'open' ? session : undefined };
}

/** Returns the session of a raw access token while it is valid. */
export async function liveSession(
  raw: string,
  { tokenCodec, tokenFamilies, org, switches, userStatuses, clock }: MockContext,
): Promise<Session | undefined> {
  const claims = tokenCodec.readAccessToken(raw);
  const family = claims === null ? undefined : await tokenFamilies.read(claims.family);
  if (claims === null || family === undefined || !accessOpen(family, claims, switches, clock())) return undefined;
  if (userStatuses.endsSessions(family.user)) return undefined;
  return { user: org.user(family.user), family, claims };
}
