/** The JWT bearer flow (RFC 7523 §2.1): the app signs for a user who has approved it before. Never a refresh token. */
import type { TokenEndpointGrantContext } from 'oidc-provider';
import { USER_NAME } from '../../salesforce/org.ts';
import type { Outcome } from '../grant.ts';
import type { MockContext } from '../../context.ts';
import { isDenial, readAssertion, type Claims } from './assertion.ts';
import { approvedScopes, grantNew, refused, refusedAs } from './new-family.ts';

/** The answer has these fields alone (facts, section 2.3). */
const FIELDS = ['access_token', 'scope', 'instance_url', 'id', 'token_type'];

export async function jwtBearer(
  ctx: TokenEndpointGrantContext<{ readonly assertion?: string }>,
  parts: MockContext,
): Promise<Outcome> {
  const claims = await readAssertion(ctx.oidc.params.assertion ?? '', parts);
  if (isDenial(claims)) return refusedAs(claims);
  if (claims['iss'] !== parts.app.clientId) return refused('client-identifier');
  const user = userOf(claims, parts);
  if (user === undefined) return refused('assertion');
  const scopes = approvedScopes(user, parts);
  if (scopes === undefined) return refused('not-approved');
  return grantNew(ctx, { user, scopes, refreshable: false }, parts, { fields: FIELDS });
}

/** The user whose username is the subject, or Salesforce's older `prn`. */
export function userOf(claims: Claims, { org }: MockContext): string | undefined {
  const name = claims['sub'] ?? claims['prn'];
  return typeof name === 'string' && USER_NAME.test(name) ? org.named(name).name : undefined;
}
