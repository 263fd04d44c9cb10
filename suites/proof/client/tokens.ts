/** One user's tokens, as the client keeps them. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  /** Origin of the org's instance, no slash at the end. */
  readonly instanceUrl: string;
}

/** What a token answer granted. A refresh answer may leave out the refresh token (RFC 6749 §6). */
export interface Granted {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  readonly instanceUrl: string | undefined;
}

/** The tokens to keep: the newest of each, and the old refresh token only when the answer brought none (RFC 6749 §6). */
export function merge(before: Tokens | undefined, granted: Granted, loginUrl: string): Tokens {
  return {
    accessToken: granted.accessToken,
    refreshToken: granted.refreshToken ?? before?.refreshToken,
    instanceUrl: granted.instanceUrl ?? before?.instanceUrl ?? loginUrl,
  };
}
