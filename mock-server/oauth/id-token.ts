/** Creates the id_token of a token answer with oidc-provider (OpenID Connect Core §3.1.3.3). */
import { sign, type KeyObject } from 'node:crypto';
import type { MockContext } from '../context.ts';
import type { FamilyRecord } from '../token-families/family.ts';

/** Resolves with the id_token for an access token, signed with RS256. `at_hash` is the left half of SHA-256 of the access token (OpenID
 * Connect Core §3.1.3.6), at login and at every refresh. */
export async function identityToken(
  { clientId, user, nonce }: FamilyRecord,
  accessToken: string,
  { provider, loginUrl, org, signingKey }: MockContext,
): Promise<string> {
  const client = await provider.Client.find(clientId);
  const idToken = new provider.IdToken({}, { client });
  idToken.set('sub', `${loginUrl}/id/${org.id}/${org.user(user).id}`);
  // oidc-provider hashes this value.
  idToken.set('at_hash', accessToken);
  if (nonce !== undefined) idToken.set('nonce', nonce);
  return withType(await idToken.issue({ use: 'idtoken' }), signingKey);
}

/** Signs a JWT again with Salesforce's header, which has `typ: JWT` (apache-oltu-oauth2-provider-demo#11); oidc-provider omits it. */
function withType(jwt: string, key: KeyObject): string {
  const [header = '', payload = ''] = jwt.split('.');
  const { kid, alg } = JSON.parse(Buffer.from(header, 'base64url').toString()) as Readonly<Record<string, string>>;
  const typed = Buffer.from(JSON.stringify({ kid, typ: 'JWT', alg })).toString('base64url');
  const content = `${typed}.${payload}`;
  return `${content}.${sign('sha256', Buffer.from(content), key).toString('base64url')}`;
}
