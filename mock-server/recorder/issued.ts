/** Raw tokens that an answer hands out. The recorder labels them, remembers whose they are, and forgets nothing else. */
export interface Issued {
  readonly code?: string;
  /** With a code: event number of the authorization request that it answers. */
  readonly login?: number;
  readonly accessToken?: string;
  readonly refreshToken?: string;
  readonly idToken?: string;
  readonly family?: string;
  readonly generation?: number;
}
