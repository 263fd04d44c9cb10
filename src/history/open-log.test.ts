import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FIRST_LINK, linkOf, openLog } from './open-log.ts';
import { linesOf } from './lines.ts';
import { HistoryFault, readHistorySync, verifyChain } from './read-history.ts';
import type { Event, EventBody, EventOf } from './event.ts';

type Request = EventOf<'request'>;

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

const request = {
  ...{ kind: 'request', exchange: 1, connection: 'C1', begunAt: 1, host: 'instance', endpoint: 'resource' },
  ...{ method: 'GET', path: '/services/data', query: [], headers: [], body: [], bodyBytes: 0, browser: false },
  facts: { kind: 'other', leaked: [] },
} as const satisfies EventBody;

async function written(count: number): Promise<readonly string[]> {
  const log = openLog({ path });
  for (let at = 1; at <= count; at += 1) log.append(note(`line ${String(at)} with ü and 😀`));
  await log.close();
  return [...linesOf(path)];
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
  const whole = readHistorySync(path);
  expect(whole).toMatchObject({ torn: false, events: [{ seq: 1 }, { seq: 2 }, { seq: 3 }] });
  appendFileSync(path, '{"seq":4,"t":1.5,"scen');
  expect(readHistorySync(path)).toEqual({ torn: true, events: whole.events });
});

test('reads a history that is larger than a piece, whatever characters stand where the pieces meet', async () => {
  const log = openLog({ path });
  const text = '😀ü'.repeat(50_000);
  for (let at = 1; at <= 12; at += 1) log.append(note(`${'x'.repeat(at)}${text}`));
  await log.close();
  const { events, torn } = readHistorySync(path);
  expect(torn).toBe(false);
  expect(events).toHaveLength(12);
  for (const [index, event] of events.entries()) expect(event).toMatchObject(note(`${'x'.repeat(index + 1)}${text}`));
  expect(verifyChain(linesOf(path))).toBeUndefined();
});

test('keeps one copy of a header that is sent with every request, and every secret where it was', async () => {
  const log = openLog({ path });
  const secret = { label: 'AT#1', fingerprint: '00000000', length: 112 };
  const headers = [
    { name: 'accept', value: '*/*' },
    { name: 'authorization', value: 'AT#1', secret },
  ];
  for (let at = 1; at <= 2; at += 1) log.append({ ...request, headers });
  log.append({ ...request, headers: [{ name: 'accept', value: 'text/html' }] });
  await log.close();
  const [one, two, three] = readHistorySync(path).events as readonly Request[];
  expect([one?.headers, two?.headers]).toEqual([headers, headers]);
  expect(two?.headers[0]).toBe(one?.headers[0]);
  expect(three?.headers).toEqual([{ name: 'accept', value: 'text/html' }]);
});

test('refuses a history that is broken in the middle', async () => {
  const lines = await written(3);
  writeFileSync(path, [lines[0], '{"seq":2', lines[2], ''].join('\n'));
  expect(() => readHistorySync(path)).toThrow(HistoryFault);
  expect(() => readHistorySync(path)).toThrow('line 2 of');
});
