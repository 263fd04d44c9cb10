/** Raw tokens and codes in an answer. The recorder keeps their labels, not the values. */
export interface Issued {
  readonly code?: string;
  readonly accessToken?: string;
  readonly refreshToken?: string;
  readonly idToken?: string;
  readonly family?: string;
  readonly generation?: number;
}
