/** Signs a token answer whose URLs were replaced, for clients with a secret that verify it: HMAC-SHA256 of `id` and `issued_at`. */
import { createHmac } from 'node:crypto';
import type { Fields } from './token-fields.ts';

const sign = (secret: string, id: string, issuedAt: string): string =>
  createHmac('sha256', secret)
    .update(id + issuedAt)
    .digest('base64');

/** Returns the answer with replaced URLs and a matching signature. Unchanged when the secret is not known or the org's own signature does
 * not match it.
 * @param local the answer as JSON, with URLs replaced
 * @param fields fields of the answer as the org sent it */
export function withOwnSignature(local: string, fields: Fields, secret: string | undefined): string {
  const { id = '', issued_at: issuedAt = '', signature } = fields;
  if (secret === undefined || signature === undefined || sign(secret, id, issuedAt) !== signature) return local;
  const exchanged = /"id"\s*:\s*"([^"\\]*)"/.exec(local)?.[1];
  if (exchanged === undefined || exchanged === id) return local;
  return local.replace(JSON.stringify(signature).slice(1, -1), sign(secret, exchanged, issuedAt));
}
