/** Raw tokens that an answer hands out. The recorder labels them, remembers whose they are, and forgets nothing else. */
export interface Issued {
  readonly code?: string;
  readonly accessToken?: string;
  readonly refreshToken?: string;
  readonly idToken?: string;
  readonly family?: string;
  readonly generation?: number;
}
