/** Reads the key of the app's assertions: the certificate that was uploaded to the app. */
import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { HarnessError } from '../../src/errors.ts';

/** The public key that verifies the app's assertions. */
export type PublicKey = KeyObject;

/** Salesforce accepts certificates of at most 4 KB. */
const MOST_CHARACTERS = 8_192;

/** Reads the key of an app's assertions.
 * @param given certificate or public key as PEM, or a JWK as JSON; undefined: none
 * @throws HarnessError `bad-public-key` */
export async function readPublicKey(given: string | undefined): Promise<PublicKey | undefined> {
  if (given === undefined) return undefined;
  try {
    if (given.length > MOST_CHARACTERS) throw new RangeError('it is longer than 8,192 characters');
    const key = keyIn(given.trim());
    if (key.asymmetricKeyType !== 'rsa') throw new TypeError('it is not an RSA key');
    return key;
  } catch (cause) {
    throw new HarnessError(
      'bad-public-key',
      "The app's public key cannot be read.",
      'Give the PEM of a certificate or public key, or a JWK as JSON. Salesforce verifies RS256 only, so it has to be RSA.',
      { cause },
    );
  }
}

function keyIn(text: string): KeyObject {
  if (text.startsWith('{')) {
    // If a private key is given by mistake, only its public half is kept.
    const { kty, n, e } = JSON.parse(text) as { readonly kty?: string; readonly n?: string; readonly e?: string };
    if (kty !== 'RSA' || !n || !e) throw new TypeError('it is not an RSA key');
    return createPublicKey({ key: { kty, n, e }, format: 'jwk' });
  }
  return text.includes('BEGIN CERTIFICATE') ? new X509Certificate(text).publicKey : createPublicKey(text);
}
