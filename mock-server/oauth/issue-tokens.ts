/** Builds the answer that gives a client the newest tokens of a family. */
import { tokenAnswer } from '../salesforce/token-answer.ts';
import { hybridFields, siteFields } from '../salesforce/site.ts';
import type { MockContext } from '../context.ts';
import type { FamilyRecord } from '../token-families/family.ts';
import type { Granted } from './grant.ts';
import { identityToken } from './id-token.ts';

/** Options of `issueTokens`. */
export interface IssueOptions {
  /** False: without a refresh token, even when the family has one. Default: true. */
  readonly rotates?: boolean;
  /** Only these fields, in this order. Default: all. */
  readonly fields?: readonly string[];
  /** Whether to add the web sessions of the hybrid flows. Default: false. */
  readonly hybrid?: boolean;
}

/** Resolves with the answer for a stored family. The same record gives the same tokens. */
export async function issueTokens(
  family: FamilyRecord,
  context: MockContext,
  { rotates = true, fields, hybrid = false }: IssueOptions = {},
): Promise<Granted> {
  const { tokenCodec, jwt } = context;
  const issuedAt = Math.floor(family.issuedAt / 1000);
  const opaque = tokenCodec.accessToken({ family: family.id, generation: family.access, issuedAt });
  const accessToken = jwt === undefined ? opaque : jwt.wrap(opaque, claimsOf(family, issuedAt, context));
  const refreshToken =
    family.refreshable && rotates ? tokenCodec.refreshToken({ family: family.id, generation: family.head }) : undefined;
  const idToken = family.scopes.includes('openid') ? await identityToken(family, accessToken, context) : undefined;
  const tokens = { accessToken, ...(refreshToken && { refreshToken }), ...(idToken && { idToken }) };
  const all = { ...tokenAnswer({ ...tokens, family, ...context }) };
  return {
    kind: 'granted',
    answer: fields === undefined ? withHostFields(all, hybrid, context) : picked(all, fields),
    issued: { ...tokens, family: family.label, generation: refreshToken === undefined ? family.access : family.head },
  };
}

const picked = (all: Readonly<Record<string, string>>, fields: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(fields.flatMap((name) => (name in all ? [[name, all[name] ?? '']] : [])));

/** Adds the fields of Experience sites, JWT access tokens and the hybrid flows. */
function withHostFields(
  all: Readonly<Record<string, string>>,
  hybrid: boolean,
  context: MockContext,
): Readonly<Record<string, string>> {
  const { host, jwt } = context;
  if (!hybrid && host !== 'experience' && jwt === undefined) return all;
  // In the order of the sample of the Headless Identity implementation guide, which is of a site.
  const { access_token = '', refresh_token: refreshToken, signature = '', ...rest } = all;
  return {
    access_token,
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    ...siteFields(context),
    signature,
    ...((jwt !== undefined || host === 'experience') && { token_format: jwt ? 'jwt' : 'opaque' }),
    ...rest,
    ...(hybrid && hybridFields(context)),
  };
}

/** Returns the claims of a JWT access token (switch `jwtAccessTokens`; the claims are the mock's choice). */
function claimsOf({ clientId, scopes, user, jkt }: FamilyRecord, issuedAt: number, context: MockContext) {
  const lifetime = Math.floor((context.switches.accessTokenMs || 7_200_000) / 1000);
  return {
    iss: context.issuer,
    aud: [context.instanceUrl],
    sub: `uid:${context.org.user(user).id}`,
    client_id: clientId,
    scp: scopes.join(' '),
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + lifetime,
    ...(jkt !== undefined && { cnf: { jkt } }),
  };
}
