/** Reads and writes `report.sig`: a statement and its Ed25519 signature (RFC 8032). */
import { createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** The content of `report.sig`. */
export interface Signature {
  readonly algorithm: 'Ed25519';
  /** SubjectPublicKeyInfo, DER, base64: the body of a PEM file. */
  readonly publicKey: string;
  readonly statement: string;
  /** base64. */
  readonly signature: string;
}

/** Returns the public key of a key pair in the form that reports use. */
export function publicKeyOf(key: KeyObject): string {
  return (key.type === 'private' ? createPublicKey(key) : key)
    .export({ type: 'spki', format: 'der' })
    .toString('base64');
}

/** Signs a statement; returns the text of `report.sig`. */
export function signStatement(statement: string, key: KeyObject): string {
  const signature: Signature = {
    algorithm: 'Ed25519',
    publicKey: publicKeyOf(key),
    statement,
    signature: sign(null, Buffer.from(statement), key).toString('base64'),
  };
  return `${JSON.stringify(signature, null, 2)}\n`;
}

/** Returns the signature in a text; undefined when the text has none. Does not verify it. */
export function readSignature(text: string): Signature | undefined {
  try {
    const value = JSON.parse(text) as Partial<Record<keyof Signature, unknown>> | null;
    const { algorithm, publicKey, statement, signature } = value ?? {};
    if (algorithm !== 'Ed25519' || typeof publicKey !== 'string') return undefined;
    if (typeof statement !== 'string' || typeof signature !== 'string') return undefined;
    return { algorithm, publicKey, statement, signature };
  } catch {
    return undefined;
  }
}

/** Returns whether the holder of `publicKey` signed exactly this statement. */
export function holds({ publicKey, statement, signature }: Signature): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return (
      key.asymmetricKeyType === 'ed25519' && verify(null, Buffer.from(statement), key, Buffer.from(signature, 'base64'))
    );
  } catch {
    return false;
  }
}
