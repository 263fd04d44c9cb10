/** The claims of a refresh token. This module also defines its formats. */
export interface RefreshTokenClaims {
  /** Id of the family. */
  readonly family: string;
  readonly generation: number;
}

/** An unusual but valid format of a refresh token. */
export interface TokenShape {
  /** Number of characters, 1 to 4,000. */
  readonly length: number;
  /** Characters to choose from. */
  readonly alphabet: string;
}
