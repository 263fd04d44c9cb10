import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTokenCodec } from './token-codec.ts';

const ORG = '00D000000000001';
const key = randomBytes(32);
const tokenCodec = createTokenCodec(key, ORG);
/** Has the key and made none of the tokens: it must open what it reads. */
const reader = createTokenCodec(key, ORG);
const family = fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcdef')), minLength: 16, maxLength: 16 });
const uint = fc.integer({ min: 0, max: 0xffff_ffff });

test('what went in comes out, in Salesforce’s shapes', () => {
  fc.assert(
    fc.property(family, uint, uint, (id, generation, issuedAt) => {
      const refresh = tokenCodec.refreshToken({ family: id, generation });
      const access = tokenCodec.accessToken({ family: id, generation, issuedAt });
      const code = tokenCodec.code({ family: id, issuedAt });
      expect(refresh).toMatch(/^5Aep861[A-Za-z0-9._]{80}$/);
      expect(access).toMatch(/^00D000000000001![A-Za-z0-9._]{96}$/);
      expect(code).toMatch(/^aPrx[A-Za-z0-9._]{64}==$/);
      for (const one of [tokenCodec, reader]) {
        expect(one.readRefreshToken(refresh)).toEqual({ family: id, generation });
        expect(one.readAccessToken(access)).toEqual({ family: id, generation, issuedAt });
        expect(one.readCode(code)).toEqual({ family: id, issuedAt });
      }
      expect(tokenCodec.refreshToken({ family: id, generation })).toBe(refresh);
    }),
  );
});

test('a token that was changed in one place is invalid', () => {
  const raw = tokenCodec.refreshToken({ family: 'a'.repeat(16), generation: 7 });
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: raw.length - 1 }),
      fc.constantFrom(...Array.from('ABCabc019._!=')),
      (at, sign) => {
        fc.pre(raw[at] !== sign);
        expect(tokenCodec.readRefreshToken(raw.slice(0, at) + sign + raw.slice(at + 1))).toBeNull();
      },
    ),
  );
});

test('nothing hostile is read, and nothing throws', () => {
  const others = createTokenCodec(randomBytes(32), ORG).refreshToken({ family: 'a'.repeat(16), generation: 0 });
  for (const raw of [
    '',
    '5Aep861',
    others,
    'x'.repeat(1e6),
    `${ORG}!`,
    'aPrx==',
    '5Aep861'.padEnd(87, 'A'),
    '\u0000',
  ]) {
    expect([tokenCodec.readRefreshToken(raw), tokenCodec.readAccessToken(raw), tokenCodec.readCode(raw)]).toEqual([
      null,
      null,
      null,
    ]);
  }
  fc.assert(fc.property(fc.string(), (raw) => tokenCodec.readRefreshToken(`5Aep861${raw}`) === null));
});

test('neighbours have nothing in common', () => {
  const [one, two] = [0, 1].map((generation) =>
    tokenCodec.refreshToken({ family: 'a'.repeat(16), generation }).slice(7),
  );
  const same = Array.from(one!).filter((sign, index) => sign === two![index]);
  expect(same.length).toBeLessThan(15);
});
