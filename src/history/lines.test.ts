import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { effortMs } from '../../test-kit/effort.ts';
import { lineBatches } from './lines.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lines-'));
  path = join(folder, 'lines');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function linesOf(text: string): Promise<readonly string[]> {
  writeFileSync(path, text);
  const found: string[] = [];
  for await (const { lines } of lineBatches(path)) found.push(...lines.map((line) => line.toString('utf8')));
  return found;
}

test.each<[string, readonly string[]]>([
  ['', []],
  ['one', ['one']],
  ['one\n', ['one']],
  ['one\ntwo', ['one', 'two']],
  ['\n\none\r\n', ['', '', 'one\r']],
])('%j has the lines %j', async (text, lines) => {
  expect(await linesOf(text)).toEqual(lines);
});

test('lines and characters that cross the end of a piece stay whole', async () => {
  const lines = Array.from({ length: 40 }, (_, at) => `${'x'.repeat(at)}${'😀ü'.repeat(20_000)}`);
  expect(await linesOf(lines.join('\n'))).toEqual(lines);
});

/** The fastest of three readings of one line of so many bytes, in milliseconds. */
/** CPU milliseconds for the whole file, the least of three rounds. */
async function readingMs(bytes: number): Promise<number> {
  writeFileSync(path, Buffer.alloc(bytes, 120));
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    let length = 0;
    times.push(
      await effortMs(async () => {
        for await (const { lines } of lineBatches(path)) for (const line of lines) length += line.length;
      }),
    );
    expect(length).toBe(bytes);
  }
  return Math.min(...times);
}

test('a line that is ten times as long takes about ten times the effort, and lets other work in', async () => {
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  const short = await readingMs(5_000_000);
  turns = 0;
  const long = await readingMs(50_000_000);
  clearInterval(timer);
  // Quadratic would be a hundred times as long.
  expect(long).toBeLessThan(Math.max(short, 5) * 50);
  expect(turns).toBeGreaterThan(2);
});

test('an abort stops it', async () => {
  const stop = new AbortController();
  writeFileSync(path, Buffer.alloc(5_000_000, 120));
  const read = async (): Promise<void> => {
    for await (const { bytes } of lineBatches(path, stop.signal)) if (bytes.length > 0) stop.abort();
  };
  await expect(read()).rejects.toMatchObject({ name: 'AbortError' });
});
