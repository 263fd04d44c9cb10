/** Looks up the tokens that a client sends: their family, and their position in it. */
import type { TokenCodec } from '../salesforce/token-codec.ts';
import { accessOpen, type Lifetimes } from '../token-families/lifetime.ts';
import type { TokenFamilies } from '../token-families/token-families.ts';
import type { TokenLookup } from './exchange.ts';

/** What looking up tokens needs. */
export interface TokenLookupOptions {
  readonly tokenCodec: TokenCodec;
  readonly tokenFamilies: TokenFamilies;
  readonly switches: Lifetimes;
  /** Returns milliseconds of the epoch. */
  readonly clock: () => number;
}

/** Creates a lookup that reads the token itself and the record of its family. */
export function createTokenLookup({ tokenCodec, tokenFamilies, switches, clock }: TokenLookupOptions): TokenLookup {
  return {
    async refreshToken(raw) {
      const claims = tokenCodec.readRefreshToken(raw);
      const family = claims === null ? undefined : await tokenFamilies.read(claims.family);
      if (claims === null || family === undefined) return null;
      return { family: family.label, generation: claims.generation, head: claims.generation === family.head };
    },
    async accessToken(raw) {
      const claims = tokenCodec.readAccessToken(raw);
      const family = claims === null ? undefined : await tokenFamilies.read(claims.family);
      if (claims === null || family === undefined) return null;
      return {
        family: family.label,
        generation: claims.generation,
        newest: claims.generation === family.access,
        alive: accessOpen(family, claims, switches, clock()),
      };
    },
  };
}
