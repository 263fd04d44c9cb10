/** The key that signs id_tokens: RSA, one per process, made when the first mock starts and never written anywhere. */
import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { JWK } from 'oidc-provider';

let key: Promise<JWK> | undefined;

/** Resolves with the private key as a JWK with Salesforce's kind of `kid`. */
export function signingKey(): Promise<JWK> {
  key ??= promisify(generateKeyPair)('rsa', { modulusLength: 2048 }).then(({ privateKey }) => ({
    ...privateKey.export({ format: 'jwk' }),
    use: 'sig',
    alg: 'RS256',
    kid: '210',
  }));
  return key;
}
