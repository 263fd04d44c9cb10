/** Reads public keys in the formats in which people pass them on. */
import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { publicKeyOf } from './signature.ts';

/** Returns the Ed25519 public keys in a text, in the form that reports use: SubjectPublicKeyInfo, DER, base64. Accepts that form, PEM (the
 * public half of a private key), a JSON Web Key (RFC 8037) or a set of them. Empty when the text has none. */
export function publicKeysIn(text: string): readonly string[] {
  const trimmed = text.trim();
  if (trimmed.startsWith('{'))
    return jsonWebKeys(trimmed).flatMap((jwk) => keyOf(() => createPublicKey({ key: jwk, format: 'jwk' })));
  if (trimmed.startsWith('-----')) return keyOf(() => createPublicKey(trimmed));
  return keyOf(() => createPublicKey({ key: Buffer.from(trimmed, 'base64'), format: 'der', type: 'spki' }));
}

function keyOf(read: () => KeyObject): readonly string[] {
  try {
    const key = read();
    return key.asymmetricKeyType === 'ed25519' ? [publicKeyOf(key)] : [];
  } catch {
    return [];
  }
}

function jsonWebKeys(text: string): readonly JsonWebKey[] {
  try {
    const value = JSON.parse(text) as JsonWebKey & { readonly keys?: unknown };
    return Array.isArray(value.keys) ? (value.keys as JsonWebKey[]) : [value];
  } catch {
    return [];
  }
}
