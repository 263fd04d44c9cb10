/** Implements the JWT bearer flow (RFC 7523 §2.1): the app signs for a user who has approved it before. Never a refresh token. */
import type { MockContext } from '../../context.ts';
import { isDenial, readAssertion, userOf } from '../assertion.ts';
import { refused, refusedAs, type Grant, type GrantRequest, type GrantResult } from '../grant.ts';
import { approvedScopes, grantNew } from '../new-family.ts';

/** The only fields of the answer. */
const FIELDS = ['access_token', 'scope', 'instance_url', 'id', 'token_type'];

export default {
  names: ['urn:ietf:params:oauth:grant-type:jwt-bearer'],
  parameters: ['assertion'],
  needsSecret: false,
  needsClientId: false,
  decide: jwtBearer,
} satisfies Grant;

async function jwtBearer({ parameter }: GrantRequest, context: MockContext): Promise<GrantResult> {
  const claims = await readAssertion(parameter('assertion'), context);
  if (isDenial(claims)) return refusedAs(claims);
  if (claims['iss'] !== context.app.clientId) return refused('client-identifier');
  const user = userOf(claims, context);
  if (user === undefined) return refused('assertion');
  const scopes = approvedScopes(user, context);
  if (scopes === undefined) return refused('not-approved');
  return grantNew({ user, scopes, refreshable: false }, context, { fields: FIELDS });
}
