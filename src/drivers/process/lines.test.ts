import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLines, type Line } from './lines.ts';

function read(chunks: readonly Buffer[], limit?: number): readonly Line[] {
  const lines: Line[] = [];
  const reader = readLines((line) => lines.push(line), limit);
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return lines;
}

test('how the bytes are cut into chunks does not matter', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'é', '😀', '\n', ' ') });
  fc.assert(
    fc.property(text, fc.array(fc.nat({ max: 40 })), (whole, cuts) => {
      const bytes = Buffer.from(whole);
      const at = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
      const chunks = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
      const expected = whole.split('\n');
      if (expected.at(-1) === '') expected.pop();
      expect(read(chunks).map((line) => line.text)).toEqual(expected);
    }),
  );
});

test('a line that is too long is cut and says so; the next one is whole', () => {
  expect(read([Buffer.from('abcdef'), Buffer.from('gh\nij\r\nklmno')], 4)).toEqual([
    { text: 'abcd', cut: true },
    { text: 'ij', cut: false },
    { text: 'klmn', cut: true },
  ]);
});
