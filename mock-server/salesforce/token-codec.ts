/** Encodes tokens in Salesforce's formats with sealed claims: family and generation. With the key, a token identifies its family even
 * after a million rotations, without a record for each token. Without the key it looks random: a MAC (truncated SHA-512 of key, kind and
 * plain text) followed by the plain text, masked with the AES encryption of the MAC's first block. All plain texts of a kind have one
 * length, so that no MAC can be extended. */
import { createCipheriv, hash, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { RefreshTokenClaims, TokenShape } from './token-claims.ts';
import type { JwtTokens } from './jwt-token.ts';
import { createBoundedMap } from '../bounded-map.ts';
import { createOddTokens } from './odd-tokens.ts';

/** The claims of an access token. */
export interface AccessTokenClaims extends RefreshTokenClaims {
  /** Seconds of the epoch. */
  readonly issuedAt: number;
}

/** The claims of an authorization code. */
export interface CodeClaims {
  /** Id of the family that the code will begin. */
  readonly family: string;
  /** Seconds of the epoch. */
  readonly issuedAt: number;
}

/** The token codec of one org; made by `createTokenCodec`. */
export interface TokenCodec {
  /** Returns `5Aep861…`, 87 characters. The same claims give the same token. */
  refreshToken(claims: RefreshTokenClaims): string;
  /** Returns `00D…!…`, 112 characters. */
  accessToken(claims: AccessTokenClaims): string;
  /** Returns `aPrx…==`, 70 characters. */
  code(claims: CodeClaims): string;
  /** Returns the claims of a token; null for a token of another codec. */
  readRefreshToken(raw: string): RefreshTokenClaims | null;
  readAccessToken(raw: string): AccessTokenClaims | null;
  readCode(raw: string): CodeClaims | null;
  /** Sets the format of refresh tokens issued from now on; undefined: the usual one. Clients must treat them as opaque (RFC 6749 §1.5,
   * Appendix A.17). */
  shapeRefreshTokens(shape: TokenShape | undefined): void;
}

/** Most tokens whose claims are cached: a token is read several times soon after it was issued, and once or twice later. */
const REMEMBERED = 256;

const KINDS = ['refresh', 'access', 'code'] as const;

type Kind = (typeof KINDS)[number];

/** Bytes of an AES block. */
const BLOCK = 16;

/** Creates the codec of one org.
 * @param key 32 random bytes of the org
 * @param orgId 15 characters
 * @param jwt reads access tokens that are wrapped in JWTs */
export function createTokenCodec(key: Buffer, orgId: string, jwt?: JwtTokens): TokenCodec {
  const derive = (info: string) => Buffer.from(hkdfSync('sha256', key, '', info, 32));
  const macKey = derive('mac');
  const keyed = Buffer.concat([macKey, Buffer.alloc(1 + BLOCK)]);
  // In this mode blocks are independent, so one cipher is enough; its input is a MAC, never a text.
  const blocks = createCipheriv('aes-256-ecb', derive('mask'), null);
  const mac = (kind: Kind, plain: Buffer, bytes: number) => {
    keyed[macKey.length] = KINDS.indexOf(kind);
    const length = macKey.length + 1 + plain.copy(keyed, macKey.length + 1);
    return hash('sha512', keyed.subarray(0, length), 'buffer').subarray(0, bytes);
  };
  /** Masks at most one block of plain text. */
  const mask = (tag: Buffer, plain: Buffer) => {
    const noise = blocks.update(tag.subarray(0, BLOCK));
    for (let index = 0; index < plain.length; index += 1) noise[index] = (noise[index] ?? 0) ^ (plain[index] ?? 0);
    return noise.subarray(0, plain.length);
  };

  const seal = (kind: Kind, plain: Buffer, macBytes: number) => {
    const tag = mac(kind, plain, macBytes);
    return encode(Buffer.concat([tag, mask(tag, plain)]));
  };
  const open = (kind: Kind, text: string, macBytes: number, plainBytes: number): Buffer | null => {
    const sealed = decode(text);
    if (sealed?.length !== macBytes + plainBytes) return null;
    const tag = sealed.subarray(0, macBytes);
    const plain = mask(tag, sealed.subarray(macBytes));
    return timingSafeEqual(tag, mac(kind, plain, macBytes)) ? plain : null;
  };

  const odd = createOddTokens(macKey);
  const newestRefresh = createBoundedMap<string, RefreshTokenClaims>(REMEMBERED);
  const newestAccess = createBoundedMap<string, AccessTokenClaims>(REMEMBERED);
  return {
    refreshToken(claims) {
      const unusual = odd.make(claims);
      if (unusual !== undefined) return unusual;
      const token = `5Aep861${seal('refresh', pack(claims.family, claims.generation), 48)}`;
      newestRefresh.set(token, claims);
      return token;
    },
    accessToken(claims) {
      const token = `${orgId}!${seal('access', pack(claims.family, claims.generation, claims.issuedAt), 56)}`;
      newestAccess.set(token, claims);
      return token;
    },
    code: ({ family, issuedAt }) => `aPrx${seal('code', pack(family, issuedAt), 36)}==`,
    shapeRefreshTokens: (shape) => {
      odd.shape(shape);
    },
    readRefreshToken(raw) {
      const known = odd.read(raw) ?? newestRefresh.get(raw);
      if (known !== undefined) return known;
      const plain = raw.startsWith('5Aep861') ? open('refresh', raw.slice(7), 48, 12) : null;
      return plain && { family: family(plain), generation: plain.readUInt32BE(8) };
    },
    readAccessToken(given) {
      const raw = (given.startsWith('eyJ') ? jwt?.unwrap(given) : given) ?? '';
      const known = newestAccess.get(raw);
      if (known !== undefined) return known;
      const plain = raw.startsWith(`${orgId}!`) ? open('access', raw.slice(orgId.length + 1), 56, 16) : null;
      return plain && { family: family(plain), generation: plain.readUInt32BE(8), issuedAt: plain.readUInt32BE(12) };
    },
    readCode(raw) {
      const plain = raw.startsWith('aPrx') && raw.endsWith('==') ? open('code', raw.slice(4, -2), 36, 12) : null;
      return plain && { family: family(plain), issuedAt: plain.readUInt32BE(8) };
    },
  };
}

const family = (plain: Buffer) => plain.subarray(0, 8).toString('hex');

function pack(id: string, ...numbers: readonly number[]): Buffer {
  const plain = Buffer.allocUnsafe(8 + 4 * numbers.length);
  if (plain.write(id, 0, 8, 'hex') < 8) throw new RangeError('The id of a family is 16 hexadecimal digits.');
  let at = 8;
  for (const number of numbers) at = plain.writeUInt32BE(number, at);
  return plain;
}

/** Encodes base64 with Salesforce's `.` and `_`; lengths are multiples of three bytes, so there is no padding. */
const encode = (bytes: Buffer) => bytes.toString('base64url').replaceAll('-', '.');

function decode(text: string): Buffer | null {
  if (!/^[A-Za-z0-9._]{1,200}$/.test(text)) return null;
  const bytes = Buffer.from(text.replaceAll('.', '-'), 'base64url');
  return encode(bytes) === text ? bytes : null;
}
