import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWrittenChain, describeFault, FIRST_LINK, linkOf, type WrittenChain } from './chain.ts';
import { openLog } from './open-log.ts';
import { readHistory } from './read-history.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'history-'));
  path = join(folder, 'history.jsonl');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Writes so many notes; returns their lines and what the writer remembers. */
async function written(count: number): Promise<{ readonly lines: readonly string[]; readonly chain: WrittenChain }> {
  const log = openLog({ path });
  for (let at = 1; at <= count; at += 1) log.append({ kind: 'note', text: `line ${String(at)} with ü and 😀` });
  await log.close();
  return { lines: readFileSync(path, 'utf8').trimEnd().split('\n'), chain: log.chain };
}

const write = (lines: readonly string[]): void => writeFileSync(path, lines.map((line) => `${line}\n`).join(''));

/** Chains lines anew, as an attacker who hides a change would. */
function chained(lines: readonly string[]): readonly string[] {
  let prev = FIRST_LINK;
  return lines.map((line) => {
    const text = JSON.stringify({ ...(JSON.parse(line) as object), prev });
    prev = linkOf(text);
    return text;
  });
}

const changeLine3 = (line: string): string => line.replace('line 3', 'line 9');

describe('the chain', () => {
  test('is whole in an untouched file, which its digest identifies', async () => {
    const { lines, chain } = await written(6);
    const { digest, fault, changed } = await readHistory(path, { written: chain });
    expect([fault, changed]).toEqual([undefined, undefined]);
    const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
    expect(digest).toEqual({ sha256, lines: 6, last: linkOf(lines.at(-1) ?? '') });
    expect([chain.lines, chain.last]).toEqual([6, digest.last]);
  });

  test('names the first line that was changed, removed, added or moved', async () => {
    const { lines } = await written(6);
    const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
      [lines.with(2, changeLine3(lines[2] ?? '')), 4, /^line 3: it was changed/],
      [lines.toSpliced(2, 1), 3, /^line 3: it has the number 4/],
      [lines.toSpliced(2, 0, lines[1] ?? ''), 3, /^line 3: it has the number 2/],
      [lines.with(1, lines[2] ?? '').with(2, lines[1] ?? ''), 2, /^line 2: it has the number 3/],
      [lines.with(4, 'no event'), 5, /^line 5: it is not an event/],
      [lines.slice(1), 1, /^line 1: it has the number 2/],
    ];
    for (const [changed, line, sentence] of cases) {
      write(changed);
      const { fault } = await readHistory(path);
      expect(fault?.line).toBe(line);
      expect(fault === undefined ? '' : describeFault(fault)).toMatch(sentence);
    }
  });

  test('of a file that was chained anew differs from what the writer remembers, at the line that was changed', async () => {
    const { lines, chain } = await written(6);
    write(chained(lines.with(2, changeLine3(lines[2] ?? ''))));
    expect(await readHistory(path, { written: chain })).toMatchObject({ fault: undefined, changed: 3 });
  });

  test('is remembered in bounded memory: of a long history every n-th link', () => {
    const chain = createWrittenChain();
    for (let line = 1; line <= 200_000; line += 1) chain.add(String(line));
    expect([chain.lines, chain.last, chain.linkAt(200_000)]).toEqual([200_000, '200000', '200000']);
    const remembered = Array.from({ length: 199_999 }, (_, at) => at + 1).filter(
      (line) => chain.linkAt(line) !== undefined,
    );
    expect(remembered.length).toBeGreaterThan(30_000);
    expect(remembered.length).toBeLessThan(66_000);
    expect(remembered.every((line) => chain.linkAt(line) === String(line))).toBe(true);
  });
});

describe('reading', () => {
  test('leaves out a last line that was torn, and says so', async () => {
    await written(3);
    const whole = await readHistory(path);
    expect(whole).toMatchObject({ torn: false, events: [{ seq: 1 }, { seq: 2 }, { seq: 3 }] });
    appendFileSync(path, '{"seq":4,"t":1.5,"scen');
    const cut = await readHistory(path);
    expect(cut).toMatchObject({ torn: true, fault: undefined, unreadable: undefined });
    expect(cut.events).toEqual(whole.events);
  });

  test('names a line in the middle that is not an event', async () => {
    const { lines } = await written(3);
    write(lines.with(1, '{"seq":2'));
    expect(await readHistory(path)).toMatchObject({ torn: false, unreadable: 2, fault: { line: 2, reason: 'event' } });
  });

  test('names an unknown version, an unknown kind and a second beginning', async () => {
    const { lines } = await written(5);
    const as = (line: string | undefined, more: object): string =>
      JSON.stringify({ ...(JSON.parse(line ?? '') as object), ...more });
    write(
      chained([
        as(lines[0], { kind: 'run-begin', schemaVersion: 2 }),
        as(lines[1], { kind: 'gossip' }),
        as(lines[2], { kind: 'run-begin', schemaVersion: 1 }),
        as(lines[3], { kind: 'gossip' }),
      ]),
    );
    const { oddities, fault, events } = await readHistory(path);
    expect(fault).toBeUndefined();
    expect(events).toHaveLength(4);
    expect(oddities.map(({ what }) => what)).toEqual([
      'line 1: an unknown schemaVersion, 2; this version reads 1',
      'line 2: an unknown kind of event, "gossip"',
      'line 3: a second run-begin; a history has one',
    ]);
  });

  test('takes one line of 50 MB', async () => {
    const log = openLog({ path });
    log.append({ kind: 'note', text: 'x'.repeat(50_000_000) });
    log.append({ kind: 'note', text: 'after' });
    await log.close();
    const { events, fault } = await readHistory(path);
    expect(fault).toBeUndefined();
    expect(events).toHaveLength(2);
  });
});
