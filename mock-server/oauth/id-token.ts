/** Creates the id_token of a token answer (OpenID Connect Core §2, §3.1.3.3). */
import { createHash, sign } from 'node:crypto';
import { promisify } from 'node:util';
import type { MockContext } from '../context.ts';
import type { FamilyRecord } from '../token-families/family.ts';

const signed = promisify<string, Buffer, Parameters<typeof sign>[2], Buffer>(sign);
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * Resolves with the id_token for an access token, signed with RS256 outside the event loop. `at_hash` is the left half of SHA-256
 * of the access token (OpenID Connect Core §3.1.3.6), at login and at every refresh. The header is Salesforce's, which has `typ: JWT`
 * (apache-oltu-oauth2-provider-demo#11). The issuer is that of the host, also for a site below a path.
 */
export async function identityToken(
  { clientId, user, nonce }: FamilyRecord,
  accessToken: string,
  { issuer, sitePath, loginUrl, org, signingKey, switches }: MockContext,
): Promise<string> {
  const { privateKey, jwk } = await signingKey();
  const { kid, alg } = jwk;
  const iat = Math.floor(Date.now() / 1000);
  const payload = {
    sub: `${loginUrl}/id/${org.id}/${org.user(user).id}`,
    at_hash: createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url'),
    nonce,
    aud: clientId,
    exp: iat + Math.ceil(switches.idTokenMs / 1000),
    iat,
    iss: issuer.slice(0, issuer.length - sitePath.length),
  };
  const content = `${encode({ kid, typ: 'JWT', alg })}.${encode(payload)}`;
  return `${content}.${(await signed('sha256', Buffer.from(content), privateKey)).toString('base64url')}`;
}
