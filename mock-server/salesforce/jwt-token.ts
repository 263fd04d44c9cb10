/** Creates access tokens as JWTs (switch `jwtAccessTokens`): the opaque token is the `jti` of a JWT that the org signs. */
import { createPublicKey, sign, verify } from 'node:crypto';
import type { SigningKey } from './signing-key.ts';

/** Access tokens that are JWTs; made by `createJwtTokens`. */
export interface JwtTokens {
  /** Wraps an opaque token. The same token and claims give the same JWT: RS256 is deterministic (RFC 8017 §8.2). */
  wrap(opaque: string, claims: Readonly<Record<string, unknown>>): string;
  /** Returns the opaque token inside; null for anything that this org did not sign. */
  unwrap(raw: string): string | null;
}

const LONGEST = 8_192;
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Creates and reads access tokens that are JWTs, signed with the RSA key of the org. */
export function createJwtTokens({ privateKey, jwk: { kid } }: SigningKey): JwtTokens {
  const publicKey = createPublicKey(privateKey);
  const header = encode({ alg: 'RS256', kid, typ: 'JWT', tty: 'sfdc-core-token', tnk: 'core/prod' });
  return {
    wrap(opaque, claims) {
      const content = `${header}.${encode({ ...claims, jti: opaque })}`;
      return `${content}.${sign('sha256', Buffer.from(content), privateKey).toString('base64url')}`;
    },
    unwrap(raw) {
      const [head, payload, signature, more] = raw.length <= LONGEST ? raw.split('.') : [];
      if (head !== header || payload === undefined || signature === undefined || more !== undefined) return null;
      const content = Buffer.from(`${head}.${payload}`);
      if (!verify('sha256', content, publicKey, Buffer.from(signature, 'base64url'))) return null;
      const { jti } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { readonly jti: string };
      return jti;
    },
  };
}
