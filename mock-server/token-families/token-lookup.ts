/** What the recorder may know of a presented token: whose it is and where it stands in its family. */
import type { TokenCodec } from '../salesforce/token-codec.ts';
import type { TokenLookup } from '../recorder/exchange.ts';
import type { TokenFamilies } from './token-families.ts';
import { accessOpen, type Lifetimes } from './lifetime.ts';

export interface TokenLookupOptions {
  readonly tokenCodec: TokenCodec;
  readonly tokenFamilies: TokenFamilies;
  readonly switches: Lifetimes;
  /** Milliseconds of the epoch. */
  readonly clock: () => number;
}

/** Reads the token itself, and the one record of its family. */
export function createTokenLookup({ tokenCodec, tokenFamilies, switches, clock }: TokenLookupOptions): TokenLookup {
  return {
    async refreshToken(raw) {
      const mark = tokenCodec.readRefreshToken(raw);
      const family = mark === null ? undefined : await tokenFamilies.read(mark.family);
      if (mark === null || family === undefined) return null;
      return { family: family.label, generation: mark.generation, head: mark.generation === family.head };
    },
    async accessToken(raw) {
      const mark = tokenCodec.readAccessToken(raw);
      const family = mark === null ? undefined : await tokenFamilies.read(mark.family);
      if (mark === null || family === undefined) return null;
      return {
        family: family.label,
        generation: mark.generation,
        newest: mark.generation === family.access,
        alive: accessOpen(family, mark, switches, clock()),
      };
    },
  };
}
