/** The id_token of a token answer, signed by oidc-provider (OpenID Connect Core §3.1.3.3). */
import type { MockContext } from '../context.ts';
import type { FamilyRecord } from '../token-families/family.ts';

/**
 * Resolves with the id_token that goes with an access token, signed with RS256. `at_hash` is the left half of SHA-256 of the access token
 * (OpenID Connect Core §3.1.3.6), at login and at every refresh.
 */
export async function identityToken(
  { clientId, user, nonce }: FamilyRecord,
  accessToken: string,
  { provider, loginUrl, org }: MockContext,
): Promise<string> {
  const client = await provider.Client.find(clientId);
  const idToken = new provider.IdToken({}, { client });
  idToken.set('sub', `${loginUrl}/id/${org.id}/${org.user(user).id}`);
  // oidc-provider hashes what it is given here.
  idToken.set('at_hash', accessToken);
  if (nonce !== undefined) idToken.set('nonce', nonce);
  return idToken.issue({ use: 'idtoken' });
}
