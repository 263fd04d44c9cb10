/** Raw tokens and codes that an answer hands out. The recorder keeps their labels, not the values. */
export interface Issued {
  readonly code?: string;
  readonly accessToken?: string;
  readonly refreshToken?: string;
  readonly idToken?: string;
  readonly family?: string;
  readonly generation?: number;
}
