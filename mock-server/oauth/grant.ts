/** What our grants tell the token endpoint, and what they have in common: tokens for a family as it is stored. */
import type { Context } from 'koa';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { tokenAnswer } from '../salesforce/token-answer.ts';
import { sitePathOf } from '../salesforce/site-path.ts';
import { siteFields } from '../salesforce/site.ts';
import { identityToken } from './id-token.ts';
import type { Denial } from '../salesforce/denial.ts';
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';
import type { FamilyRecord } from '../token-families/family.ts';

export type Outcome =
  | { readonly kind: 'refused'; readonly denial: Denial }
  | {
      readonly kind: 'granted';
      readonly answer: Readonly<Record<string, string>>;
      readonly issued: NonNullable<Exchange['issued']>;
    };

/** Kept on the context while oidc-provider's middleware lies between the grant and the endpoint. */
export function setOutcome(ctx: Context, outcome: Outcome): void {
  ctx.state['outcome'] = outcome;
}

/** Undefined when oidc-provider refused before it came to a grant. */
export function outcomeOf(ctx: Context): Outcome | undefined {
  return ctx.state['outcome'] as Outcome | undefined;
}

export interface AnswerStyle {
  /** Only these fields; default: all that there are. */
  readonly fields?: readonly string[];
  /** More fields. */
  readonly extra?: Readonly<Record<string, string>>;
}

/** The answer that hands out a family's newest tokens. The same record gives the same tokens. */
export async function granted(
  ctx: KoaContextWithOIDC,
  family: FamilyRecord,
  parts: MockContext,
  rotates: boolean,
  style?: AnswerStyle,
): Promise<Outcome> {
  const { tokenCodec, jwt } = parts;
  const issuedAt = Math.floor(family.issuedAt / 1000);
  const opaque = tokenCodec.accessToken({ family: family.id, generation: family.access, issuedAt });
  const accessToken = jwt === undefined ? opaque : jwt.wrap(opaque, claimsOf(family, issuedAt, parts));
  const refreshToken =
    family.refreshable && rotates ? tokenCodec.refreshToken({ family: family.id, generation: family.head }) : undefined;
  const idToken = family.scopes.includes('openid') ? await identityToken(family, accessToken, parts) : undefined;
  const tokens = { accessToken, ...(refreshToken && { refreshToken }), ...(idToken && { idToken }) };
  return {
    kind: 'granted',
    answer: styled(tokenAnswer({ ...tokens, family, ...parts }), parts, sitePathOf(ctx), style),
    issued: { ...tokens, family: family.label, generation: refreshToken === undefined ? family.access : family.head },
  };
}

function styled(
  answer: object,
  parts: MockContext,
  sitePath: string,
  style?: AnswerStyle,
): Readonly<Record<string, string>> {
  const all = answer as Readonly<Record<string, string>>;
  if (style?.fields !== undefined) {
    return Object.fromEntries(style.fields.flatMap((name) => (name in all ? [[name, all[name] ?? '']] : [])));
  }
  if (style?.extra === undefined && parts.host !== 'experience' && parts.jwt === undefined) return all;
  // In the order of the sample of the Headless Identity implementation guide, which is of a site.
  const { access_token = '', refresh_token: refreshToken, signature = '', ...rest } = all;
  return {
    access_token,
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    ...siteFields(parts, sitePath),
    signature,
    ...((parts.jwt !== undefined || parts.host === 'experience') && { token_format: parts.jwt ? 'jwt' : 'opaque' }),
    ...rest,
    ...style?.extra,
  };
}

/** What a JWT access token says (switch `jwtAccessTokens`; the claims are the mock's choice). */
function claimsOf({ clientId, scopes, user, jkt }: FamilyRecord, issuedAt: number, parts: MockContext) {
  const lifetime = Math.floor((parts.switches.accessTokenMs || 7_200_000) / 1000);
  return {
    iss: parts.issuer,
    aud: [parts.instanceUrl],
    sub: `uid:${parts.org.user(user).id}`,
    client_id: clientId,
    scp: scopes.join(' '),
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + lifetime,
    ...(jkt !== undefined && { cnf: { jkt } }),
  };
}
