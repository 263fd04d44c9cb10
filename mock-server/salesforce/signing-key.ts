/** Creates the key that signs id_tokens: RSA, one for each process, created when the first mock starts and never written to disk. */
import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { JWK } from 'oidc-provider';

let key: Promise<JWK> | undefined;

/** Resolves with the private key as a JWK with a `kid` in Salesforce's format. */
export function signingKey(): Promise<JWK> {
  key ??= promisify(generateKeyPair)('rsa', { modulusLength: 2048 }).then(({ privateKey }) => ({
    ...privateKey.export({ format: 'jwk' }),
    use: 'sig',
    alg: 'RS256',
    kid: '210',
  }));
  return key;
}
