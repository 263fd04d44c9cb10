/** Refresh tokens of unusual but legal looks: one character, two thousand, or full of `!._=/+`. They say nothing, so they are remembered. */
import { createHash } from 'node:crypto';
import type { RefreshTokenClaims, TokenShape } from './token-claims.ts';
import { createBoundedMap } from '../bounded-map.ts';

/** Only scenarios ask for such tokens, a few at a time; the oldest are forgotten first. */
const REMEMBERED = 1_000;

export interface OddTokens {
  shape(shape: TokenShape | undefined): void;
  /** Undefined while no shape is asked for. The same mark gives the same token. */
  make(mark: RefreshTokenClaims): string | undefined;
  read(raw: string): RefreshTokenClaims | undefined;
}

/** @param key what makes the tokens of this org its own */
export function createOddTokens(key: Buffer): OddTokens {
  const marks = createBoundedMap<string, RefreshTokenClaims>(REMEMBERED);
  let current: TokenShape | undefined;
  return {
    shape(shape) {
      current = shape;
    },
    make(mark) {
      if (current === undefined) return undefined;
      const token = draw(`${mark.family} ${String(mark.generation)}`, key, current);
      marks.set(token, mark);
      return token;
    },
    read: (raw) => marks.get(raw),
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
