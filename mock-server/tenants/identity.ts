/** Who a tenant's org is, drawn from the key of the service: every instance draws the same, and no tenant can draw another's. */
import { hkdfSync } from 'node:crypto';
import type { JWK } from 'oidc-provider';
import type { Identity } from './tenancy.ts';

/** @param key 32 bytes of the service */
export function drawIdentity(key: Buffer, tenant: string, signingKey: JWK): Identity & { readonly salt: Buffer } {
  const draw = (what: string) => Buffer.from(hkdfSync('sha256', key, tenant, `sf-conformance tenant ${what}`, 32));
  return {
    orgSeed: draw('org').toString('hex'),
    tokenKey: draw('tokenCodec'),
    cookieKey: draw('cookies').toString('base64url'),
    browserKey: draw('browser').toString('base64url'),
    salt: draw('fingerprints'),
    signingKey,
  };
}

/** What instances and the front prove to each other that they belong together. */
export function drawServiceKey(key: Buffer, what: 'front' | 'hop' | 'admin'): string {
  return Buffer.from(hkdfSync('sha256', key, '', `sf-conformance service ${what}`, 32)).toString('base64url');
}
