/** Creates the key that signs id_tokens: RSA, one for each process, created when it is first needed and never written to disk. */
import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { JWK } from 'oidc-provider';

/** The private key of a process, as Node uses it and as oidc-provider does. */
export interface SigningKey {
  readonly privateKey: KeyObject;
  /** With a `kid` in Salesforce's format. */
  readonly jwk: JWK;
}

let key: Promise<SigningKey> | undefined;

/** Resolves with the key of this process. Creating it takes about a tenth of a second, so a mock starts without it. */
export function signingKey(): Promise<SigningKey> {
  key ??= promisify(generateKeyPair)('rsa', { modulusLength: 2048 }).then(({ privateKey }) => ({
    privateKey,
    jwk: { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: '210' },
  }));
  return key;
}
