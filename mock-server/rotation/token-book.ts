/** What the recorder may know of a presented token: whose it is and where it stands in its family. */
import type { Mint } from '../dialect/mint.ts';
import type { TokenBook } from '../recorder/exchange.ts';
import type { Ledger } from './ledger.ts';
import { accessOpen, type Lifetimes } from './lifetime.ts';

export interface TokenBookParts {
  readonly mint: Mint;
  readonly ledger: Ledger;
  readonly switches: Lifetimes;
  /** Milliseconds of the epoch. */
  readonly clock: () => number;
}

/** Reads the token itself, and the one record of its family. */
export function tokenBook({ mint, ledger, switches, clock }: TokenBookParts): TokenBook {
  return {
    async refreshToken(raw) {
      const mark = mint.readRefreshToken(raw);
      const family = mark === null ? undefined : await ledger.read(mark.family);
      if (mark === null || family === undefined) return null;
      return { family: family.label, generation: mark.generation, head: mark.generation === family.head };
    },
    async accessToken(raw) {
      const mark = mint.readAccessToken(raw);
      const family = mark === null ? undefined : await ledger.read(mark.family);
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
