import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effortMs } from '../../test-kit/effort.ts';

import { clip, oneLine, printable } from './printable.ts';

const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc
    .array(fc.constantFrom('\u001b[', '31m', '\u001b]8;;', '\u0007', '\ud800', '\r', '\n', 'x', '\u202e'))
    .map((parts) => parts.join('')),
);

describe('printable', () => {
  it('leaves no control character, no escape and no lone surrogate in any text', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const shown = printable(text, 100);
        expect(shown.isWellFormed()).toBe(true);
        // eslint-disable-next-line no-control-regex
        expect(shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
        expect(shown.length).toBeLessThan(100 + 40);
      }),
    );
  });

  it('takes escape sequences out whole', () => {
    expect(printable('a\u001b[1;31mb\u001b[0mc')).toBe('abc');
    expect(printable('\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007')).toBe('link');
    expect(printable('\u001b[2Jx\u009b31my')).toBe('xy');
  });

  it('keeps text, line feeds and emoji as they are', () => {
    expect(printable('Grüße\n\t日本 👩‍💻'.replaceAll('\u200d', ''))).toBe('Grüße\n\t日本 👩💻');
  });

  it('is quick with half a megabyte', async () => {
    const effort = await effortMs(() => {
      for (const bad of ['\u001b[', '\u001b]', '<', '\ud800', '\u001b[1;'])
        printable(bad.repeat(500_000 / bad.length), 2000);
    });
    expect(effort).toBeLessThan(1_000);
  });

  it('says how much it cut', () => {
    expect(printable('x'.repeat(500_000), 10)).toMatch(/^x{10}… \(\d+ more characters\)$/);
    expect(clip('abc', 3)).toBe('abc');
    expect(clip('ab😀', 3)).toBe('ab… (2 more characters)');
  });
});

describe('oneLine', () => {
  it('has no line breaks', () => {
    expect(oneLine('a\r\n b\n\nc ')).toBe('a b c');
  });
});
