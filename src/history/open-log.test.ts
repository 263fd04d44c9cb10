import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FIRST_LINK, linkOf, openLog } from './open-log.ts';
import { HistoryFault, readHistory, readHistorySync, verifyChain } from './read-history.ts';
import type { Event } from './event.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'history-'));
  path = join(folder, 'run', 'history.jsonl');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const note = (text: string) => ({ kind: 'note', text }) as const;

async function written(count: number): Promise<readonly string[]> {
  const log = openLog({ path });
  for (let at = 1; at <= count; at += 1) log.append(note(`line ${String(at)} with ü and 😀`));
  await log.close();
  return readHistorySync(path).lines;
}

test('numbers, stamps and chains the lines, with the fields in the contract’s order', async () => {
  const log = openLog({ path });
  const first = log.append({ kind: 'phase', phase: 'chain' });
  log.scenario = 'herd';
  const second = log.append(note('second'));
  await log.close();
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as Event)).toEqual([first, second]);
  expect(Object.keys(JSON.parse(lines[0] ?? '') as object)).toEqual(['seq', 't', 'scenario', 'kind', 'phase', 'prev']);
  expect(first).toMatchObject({ seq: 1, scenario: '', prev: FIRST_LINK });
  expect(second).toMatchObject({ seq: 2, scenario: 'herd', prev: linkOf(lines[0] ?? '') });
  expect(second.t).toBeGreaterThanOrEqual(first.t);
  expect(String(second.t)).toMatch(/^\d+(\.\d{1,3})?$/);
});

test('counts time from the start of the run that it is told', async () => {
  const log = openLog({ path, startAt: performance.now() - 5_000 });
  expect(log.now()).toBeGreaterThanOrEqual(5_000);
  expect(log.append(note('late')).t).toBeGreaterThanOrEqual(5_000);
  await log.close();
});

test('is on disk at the end of a scenario and beyond 64 kB, without being closed', async () => {
  const log = openLog({ path });
  log.append(note('waits'));
  expect(readFileSync(path, 'utf8')).toBe('');
  log.append({ kind: 'scenario-end', outcome: 'completed', durationMs: 1 });
  expect(readHistorySync(path).events).toHaveLength(2);
  log.append(note('x'.repeat(70_000)));
  expect(readHistorySync(path).events).toHaveLength(3);
  await log.close();
});

test('is on disk after a process that ends without closing it', () => {
  const program = `import { openLog } from ${JSON.stringify(new URL('open-log.ts', import.meta.url).href)};
    openLog({ path: ${JSON.stringify(path)} }).append({ kind: 'note', text: 'last words' }); process.exit(3);`;
  expect(spawnSync(process.execPath, ['--input-type=module', '-e', program]).status).toBe(3);
  expect(readHistorySync(path).events).toMatchObject([{ seq: 1, text: 'last words' }]);
});

test('tells its subscribers until they stop, and takes nothing after its end', async () => {
  const log = openLog({ path });
  const heard: Event[] = [];
  const stop = log.subscribe((event) => heard.push(event));
  log.append(note('heard'));
  stop();
  log.append(note('unheard'));
  await log.close();
  await log.close();
  expect(heard).toMatchObject([{ text: 'heard' }]);
  expect(() => log.append(note('too late'))).toThrow(/closed/);
});

test('never continues or replaces a history', async () => {
  await written(1);
  expect(() => openLog({ path })).toThrow(/EEXIST/);
});

test('holds an untouched chain and names the first line that was changed, dropped, added or swapped', async () => {
  const lines = await written(6);
  expect(verifyChain(lines)).toBeUndefined();
  expect(verifyChain([])).toBeUndefined();
  expect(verifyChain(lines.with(2, (lines[2] ?? '').replace('line 3', 'line 9')))).toBe(4);
  expect(verifyChain(lines.toSpliced(2, 1))).toBe(3);
  expect(verifyChain(lines.toSpliced(2, 0, lines[1] ?? ''))).toBe(3);
  expect(verifyChain(lines.with(1, lines[2] ?? '').with(2, lines[1] ?? ''))).toBe(2);
  expect(verifyChain(lines.with(4, 'no event'))).toBe(5);
  expect(verifyChain(lines.slice(1))).toBe(1);
});

test('reads a history whose last line was torn, and says so', async () => {
  await written(3);
  const whole = await Array.fromAsync(readHistory(path));
  appendFileSync(path, '{"seq":4,"t":1.5,"scen');
  const torn: string[] = [];
  expect(await Array.fromAsync(readHistory(path, (line) => torn.push(line)))).toEqual(whole);
  expect(torn).toEqual(['{"seq":4,"t":1.5,"scen']);
  const read = readHistorySync(path);
  expect(read).toMatchObject({ torn: true, events: whole });
  expect(verifyChain(read.lines)).toBeUndefined();
});

test('refuses a history that is broken in the middle', async () => {
  const lines = await written(3);
  writeFileSync(path, [lines[0], '{"seq":2', lines[2], ''].join('\n'));
  expect(() => readHistorySync(path)).toThrow(HistoryFault);
  await expect(Array.fromAsync(readHistory(path))).rejects.toThrow('line 2 of');
});
