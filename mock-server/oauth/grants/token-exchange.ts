/** Exchanges a token of another issuer for one of this org (RFC 8693). The app's handler trusts tokens that `app.publicKey` verifies. */
import type { MockContext } from '../../context.ts';
import { isDenial, readAssertion, userOf } from '../assertion.ts';
import { refused, refusedAs, type Grant, type GrantRequest, type GrantResult } from '../grant.ts';
import { approvedScopes, grantNew } from '../new-family.ts';

const TYPES: ReadonlySet<string> = new Set(
  ['access_token', 'id_token', 'jwt', 'refresh_token', 'saml2'].map(
    (type) => `urn:ietf:params:oauth:token-type:${type}`,
  ),
);

export default {
  names: ['urn:ietf:params:oauth:grant-type:token-exchange'],
  parameters: ['subject_token', 'subject_token_type', 'actor_token'],
  decide: exchangeToken,
} satisfies Grant;

async function exchangeToken({ parameter }: GrantRequest, context: MockContext): Promise<GrantResult> {
  // An actor token asks for an asset token, for devices that the org keeps as assets; the mock has none.
  if (parameter('actor_token') !== '' || !context.switches.tokenExchangeFlow) return refused('flow-disabled');
  if (!TYPES.has(parameter('subject_token_type'))) return refused('token-type');
  const claims = await readAssertion(parameter('subject_token'), context);
  if (isDenial(claims)) return refusedAs(claims);
  const user = userOf(claims, context);
  if (user === undefined) return refused('assertion');
  const scopes = approvedScopes(user, context);
  if (scopes === undefined) return refused('not-approved');
  return grantNew({ user, scopes, refreshable: false }, context);
}
