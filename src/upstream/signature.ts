/** The signature of a token answer, which clients with a secret may check: HMAC-SHA256 of `id` and `issued_at` (facts, section 2). */
import { createHmac } from 'node:crypto';
import type { Fields } from './token-fields.ts';

const sign = (secret: string, id: string, issuedAt: string): string =>
  createHmac('sha256', secret)
    .update(id + issuedAt)
    .digest('base64');

/**
 * Returns the answer whose URLs were exchanged with a signature that fits them. The answer stays as it is where the secret is not known, or where
 * the org's own signature does not fit it.
 *
 * @param local the answer in JSON, after its URLs were exchanged
 * @param fields of the answer as the org sent it
 */
export function withOwnSignature(local: string, fields: Fields, secret: string | undefined): string {
  const { id = '', issued_at: issuedAt = '', signature } = fields;
  if (secret === undefined || signature === undefined || sign(secret, id, issuedAt) !== signature) return local;
  const exchanged = /"id"\s*:\s*"([^"\\]*)"/.exec(local)?.[1];
  if (exchanged === undefined || exchanged === id) return local;
  return local.replace(JSON.stringify(signature).slice(1, -1), sign(secret, exchanged, issuedAt));
}
