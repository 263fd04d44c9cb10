/** Generates refresh tokens in unusual but valid formats: one character, two thousand, or full of `!._=/+`. They cannot carry claims, so
 * the claims are stored. */
import { createHash } from 'node:crypto';
import type { RefreshTokenClaims, TokenShape } from './token-claims.ts';
import { createBoundedMap } from '../bounded-map.ts';

/** Most tokens that are stored; scenarios request a few at a time, and the oldest are dropped first. */
const REMEMBERED = 1_000;

/** Refresh tokens in unusual formats; made by `createOddTokens`. */
export interface OddTokens {
  shape(shape: TokenShape | undefined): void;
  /** Returns a token in the selected format; undefined while none is selected. The same claims give the same token. */
  make(claims: RefreshTokenClaims): string | undefined;
  read(raw: string): RefreshTokenClaims | undefined;
}

/** Creates the odd tokens of one org.
 * @param key makes them differ from those of other orgs */
export function createOddTokens(key: Buffer): OddTokens {
  const issued = createBoundedMap<string, RefreshTokenClaims>(REMEMBERED);
  let current: TokenShape | undefined;
  return {
    shape(shape) {
      current = shape;
    },
    make(claims) {
      if (current === undefined) return undefined;
      const token = draw(`${claims.family} ${String(claims.generation)}`, key, current);
      issued.set(token, claims);
      return token;
    },
    read: (raw) => issued.get(raw),
  };
}

function draw(name: string, key: Buffer, { length, alphabet }: TokenShape): string {
  const wanted = Math.min(Math.max(1, Math.floor(length)), 4_000);
  let token = '';
  for (let block = 0; token.length < wanted; block += 1) {
    const bytes = createHash('sha512').update(key).update(name).update(String(block)).digest();
    for (const byte of bytes) token += alphabet[byte % alphabet.length] ?? '';
  }
  return token.slice(0, wanted);
}
