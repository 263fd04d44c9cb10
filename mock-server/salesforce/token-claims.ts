/** What a refresh token carries, and the formats that it may have. */

export interface RefreshTokenClaims {
  /** Id of the family. */
  readonly family: string;
  readonly generation: number;
}

/** An unusual but valid format of a refresh token. */
export interface TokenShape {
  /** Characters, 1 to 4,000. */
  readonly length: number;
  /** The characters that it consists of. */
  readonly alphabet: string;
}
