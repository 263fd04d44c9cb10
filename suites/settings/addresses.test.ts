import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  admitsAll,
  countAddresses,
  covers,
  joined,
  parseAddress,
  parseNetwork,
  type AddressRange,
} from './addresses.ts';
import { rangeOf } from './allowlist-range.ts';
import { place } from './fixtures/facts.ts';

describe('an address', () => {
  it.each([
    ['0.0.0.0', 4, 0n],
    ['203.0.113.7', 4, 0xcb_00_71_07n],
    ['255.255.255.255', 4, 0xffff_ffffn],
    ['::', 6, 0n],
    ['::1', 6, 1n],
    ['2001:db8::1', 6, (0x2001_0db8n << 96n) + 1n],
    ['2001:db8:0:0:0:0:0:1', 6, (0x2001_0db8n << 96n) + 1n],
    ['::ffff:203.0.113.7', 6, 0xffff_cb00_7107n],
    ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 6, (1n << 128n) - 1n],
  ] as const)('%s is a number of family %i', (text, family, value) => {
    expect(parseAddress(text)).toEqual({ family, value });
  });

  it.each(['', '203.0.113', '203.0.113.256', '01.2.3.4', 'fe80::1%eth0', '2001:db8::1::', 'app.example.com'])(
    '"%s" is none',
    (text) => {
      expect(parseAddress(text)).toBeUndefined();
    },
  );
});

it('an IPv6 address is the same number in all its spellings', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constant(0), fc.nat(0xffff)), { minLength: 8, maxLength: 8 }), (groups) => {
      const hex = groups.map((group) => group.toString(16));
      const bytes = groups.slice(6).flatMap((group) => [group >> 8, group & 0xff]);
      const compressed = new URL(`http://[${hex.join(':')}]`).hostname.slice(1, -1);
      const value = groups.reduce((sum, group) => (sum << 16n) + BigInt(group), 0n);
      for (const text of [hex.join(':'), compressed, `${hex.slice(0, 6).join(':')}:${bytes.join('.')}`]) {
        expect(parseAddress(text), text).toEqual({ family: 6, value });
        expect(parseAddress(text.toUpperCase()), text).toEqual({ family: 6, value });
      }
    }),
  );
});

it('a range ends where it starts or later, in one family', () => {
  const address = fc.nat(0xffff).map((last) => `10.0.${String(last >> 8)}.${String(last & 0xff)}`);
  fc.assert(
    fc.property(address, address, (start, end) => {
      const both = [rangeOf({ start, end, place }), rangeOf({ start: end, end: start, place })];
      expect(both.filter((range) => range !== undefined)).toHaveLength(start === end ? 2 : 1);
      expect(rangeOf({ start, end: `::ffff:${end}`, place })).toBeUndefined();
    }),
  );
});

describe('ranges', () => {
  const network = (text: string): AddressRange => {
    const range = parseNetwork(text);
    if (range === undefined) throw new TypeError(text);
    return range;
  };

  it('of a prefix begin and end at its bounds', () => {
    expect(countAddresses([network('203.0.113.9/28')])).toBe(16n);
    expect(countAddresses([network('2001:db8::/120')])).toBe(256n);
    expect(countAddresses([network('203.0.113.9')])).toBe(1n);
  });

  it('are counted once where they overlap or touch', () => {
    const ranges = [network('203.0.113.0/28'), network('203.0.113.8/29'), network('203.0.113.16/28')];
    expect(countAddresses(ranges)).toBe(32n);
    expect(joined(ranges)).toHaveLength(1);
  });

  it('admit all only when no address of a family is left out', () => {
    expect(admitsAll([network('0.0.0.0/0')])).toBe(true);
    expect(admitsAll([network('::/0')])).toBe(true);
    expect(admitsAll([network('0.0.0.0/1'), network('128.0.0.0/1')])).toBe(true);
    expect(admitsAll([network('0.0.0.0/1'), network('128.0.0.0/2')])).toBe(false);
  });

  it('cover a range that lies in them, of the same family', () => {
    expect(covers([network('203.0.113.0/29'), network('203.0.113.8/29')], network('203.0.113.4/30'))).toBe(true);
    expect(covers([network('203.0.113.0/29')], network('203.0.113.0/28'))).toBe(false);
    expect(covers([network('::/0')], network('203.0.113.1'))).toBe(false);
  });

  it('cover what they were joined from, whatever the order', () => {
    const range = fc
      .tuple(fc.constantFrom(4 as const, 6 as const), fc.bigInt(0n, 500n), fc.bigInt(0n, 60n))
      .map(([family, first, size]): AddressRange => ({ family, first, last: first + size }));
    fc.assert(
      fc.property(fc.array(range, { minLength: 1, maxLength: 12 }), (ranges) => {
        const numbers = new Set(
          ranges.flatMap(({ family, first, last }) =>
            Array.from(
              { length: Number(last - first) + 1 },
              (_, index) => `${String(family)} ${String(first + BigInt(index))}`,
            ),
          ),
        );
        expect(countAddresses(ranges)).toBe(BigInt(numbers.size));
        for (const one of ranges) expect(covers(ranges, one)).toBe(true);
      }),
    );
  });
});
