import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FIRST_LINK, linkOf } from './chain.ts';
import { openLog } from './open-log.ts';
import { readHistory } from './read-history.ts';
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
  return readFileSync(path, 'utf8').trimEnd().split('\n');
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

test('counts time from the start of the run that it is given', async () => {
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
  expect((await readHistory(path)).events).toHaveLength(2);
  log.append(note('x'.repeat(70_000)));
  expect((await readHistory(path)).events).toHaveLength(3);
  await log.close();
});

test('is on disk after a process that ends without closing it', async () => {
  const program = `import { openLog } from ${JSON.stringify(new URL('open-log.ts', import.meta.url).href)};
    openLog({ path: ${JSON.stringify(path)} }).append({ kind: 'note', text: 'last words' }); process.exit(3);`;
  expect(spawnSync(process.execPath, ['--input-type=module', '-e', program]).status).toBe(3);
  expect((await readHistory(path)).events).toMatchObject([{ seq: 1, text: 'last words' }]);
});

test('calls its subscribers until they stop, and takes nothing after its end', async () => {
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

test('reads a history that is larger than a piece, whatever characters are where the pieces meet', async () => {
  const log = openLog({ path });
  const text = '😀ü'.repeat(50_000);
  for (let at = 1; at <= 12; at += 1) log.append(note(`${'x'.repeat(at)}${text}`));
  await log.close();
  const { events, torn, fault } = await readHistory(path);
  expect([torn, fault]).toEqual([false, undefined]);
  expect(events).toHaveLength(12);
  for (const [index, event] of events.entries()) expect(event).toMatchObject(note(`${'x'.repeat(index + 1)}${text}`));
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
  const [one, two, three] = (await readHistory(path)).events as readonly Request[];
  expect([one?.headers, two?.headers]).toEqual([headers, headers]);
  expect(two?.headers[0]).toBe(one?.headers[0]);
  expect(three?.headers).toEqual([{ name: 'accept', value: 'text/html' }]);
});
