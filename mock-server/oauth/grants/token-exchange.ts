/** Token exchange (RFC 8693): a token of another issuer for one of this org. The app's handler trusts what `app.publicKey` verifies. */
import type { TokenEndpointGrantContext } from 'oidc-provider';
import type { Outcome } from '../grant.ts';
import type { MockContext } from '../../context.ts';
import { isDenial, readAssertion } from './assertion.ts';
import { userOf } from './jwt-bearer.ts';
import { approvedScopes, grantNew, refused, refusedAs } from './new-family.ts';

const TYPES: ReadonlySet<string | undefined> = new Set(
  ['access_token', 'id_token', 'jwt', 'refresh_token', 'saml2'].map(
    (type) => `urn:ietf:params:oauth:token-type:${type}`,
  ),
);

interface Parameters {
  readonly subject_token?: string;
  readonly subject_token_type?: string;
  /** Says which device it is: then an asset token is asked for. */
  readonly actor_token?: string;
}

export async function tokenExchange(ctx: TokenEndpointGrantContext<Parameters>, parts: MockContext): Promise<Outcome> {
  const { subject_token: raw = '', subject_token_type: type, actor_token: actor } = ctx.oidc.params;
  // Asset tokens are for devices that the org keeps as assets, which the mock has not.
  if (actor !== undefined || !parts.switches.tokenExchangeFlow) return refused('flow-disabled');
  if (!TYPES.has(type)) return refused('token-type');
  const claims = await readAssertion(raw, parts);
  if (isDenial(claims)) return refusedAs(claims);
  const user = userOf(claims, parts);
  if (user === undefined) return refused('assertion');
  const scopes = approvedScopes(user, parts);
  if (scopes === undefined) return refused('not-approved');
  return grantNew(ctx, { user, scopes, refreshable: false }, parts);
}
