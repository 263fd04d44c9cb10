/** What a refresh token says to the tokenCodec that made it, and how it may look. */

export interface RefreshTokenClaims {
  /** Id of the family. */
  readonly family: string;
  readonly generation: number;
}

/** An unusual but legal look of a refresh token. */
export interface TokenShape {
  /** Characters, 1 to 4,000. */
  readonly length: number;
  /** The characters that it is drawn from. */
  readonly alphabet: string;
}
