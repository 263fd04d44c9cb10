/**
 * A secret as history knows it: never its value, only a stable name, a short salted fingerprint and its length.
 *
 * `RT` refresh token, `AT` access token, `CODE` authorization code, `VERIFIER` and `CHALLENGE` the two halves of PKCE,
 * `STATE` and `NONCE` the client's own random values, `IDTOKEN` an id_token, `SECRET` the consumer secret,
 * `VALUE` any other text that a client sent and that nobody has declared to be harmless.
 */
export type SecretKind =
  'RT' | 'AT' | 'CODE' | 'VERIFIER' | 'CHALLENGE' | 'STATE' | 'NONCE' | 'IDTOKEN' | 'SECRET' | 'VALUE';

/** Stands in history for one raw value. The same value has the same label throughout a run. */
export interface Secret {
  /** `RT#3`; plain `SECRET` for the consumer secret. */
  readonly label: string;
  /** First 8 hexadecimal digits of the SHA-256 of a salt, which is drawn per run and never written, and the value. */
  readonly fingerprint: string;
  /** Length of the raw value in characters. */
  readonly length: number;
}

/** One name and value of a query, a form body or a header, in the order they came. Repeated names are repeated entries. */
export interface Parameter {
  readonly name: string;
  /** Harmless values as they were, cut at 256 characters; everything else as a label such as `RT#3`. */
  readonly value: string;
  /** Present when `value` is a label. */
  readonly secret?: Secret;
}
