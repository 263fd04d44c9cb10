/** Defines how history represents secrets: a stable name, a short salted fingerprint and a length, never the value. */
import { z } from 'zod';
import { count, text, type Infer } from './schema.ts';

/** Kind of a secret. `RT` refresh token, `AT` access token, `CODE` authorization code, `VERIFIER` and `CHALLENGE` the two halves of PKCE,
 * `STATE` and `NONCE` the client's own random values, `IDTOKEN` an id_token, `SECRET` the consumer secret, `VALUE` any other text of the
 * client that is not known to be harmless. */
export type SecretKind =
  'RT' | 'AT' | 'CODE' | 'VERIFIER' | 'CHALLENGE' | 'STATE' | 'NONCE' | 'IDTOKEN' | 'SECRET' | 'VALUE';

/** Describes one raw value. The same value has the same label throughout a run. */
export const secretSchema = z.object({
  /** `RT#3`; plain `SECRET` for the consumer secret. */
  label: text.regex(/^(SECRET|[A-Z]+#\d+)$/),
  /** First 8 hexadecimal digits of the SHA-256 of the value and a salt, which is random for each run and never written. */
  fingerprint: text.regex(/^[0-9a-f]{8}$/),
  /** Length of the raw value in characters. */
  length: count,
});

/** Replaces one raw value in history. */
export type Secret = Infer<typeof secretSchema>;

/** Describes one name and value of a query, a form body or a header. */
export const parameterSchema = z.object({
  name: text,
  /** Harmless values as received, cut at 256 characters; everything else as a label such as `RT#3`. */
  value: text,
  /** Set when `value` is a label. */
  secret: secretSchema.optional(),
});

/** One name and value of a query, a form body or a header, in the order received. Repeated names are repeated entries. */
export type Parameter = Infer<typeof parameterSchema>;
