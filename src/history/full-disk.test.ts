import { mkdtempSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openLog } from './open-log.ts';
import { readHistory } from './read-history.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'history-'));
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

const full = () => Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
const durable = { kind: 'scenario-end', outcome: 'completed', durationMs: 1 } as const;

/** A log on a disk with room for so many bytes. */
function onDisk(room: number) {
  const disk = { room };
  const path = join(folder, 'history.jsonl');
  const write = (file: number, bytes: Buffer): number => {
    if (disk.room === 0) throw full();
    const taken = writeSync(file, bytes.subarray(0, disk.room));
    disk.room -= taken;
    return taken;
  };
  return { disk, path, log: openLog({ path, write }) };
}

test('a disk that fills up in the middle of a line is reported to the writer, and nothing is lost once there is room', async () => {
  const { disk, path, log } = onDisk(150);
  log.append({ kind: 'note', text: 'first' });
  expect(() => log.append(durable)).toThrow('no space left');
  expect((await readHistory(path)).torn).toBe(true);
  disk.room = Infinity;
  log.append(durable);
  await log.close();
  const { torn, events, fault } = await readHistory(path);
  expect(torn).toBe(false);
  expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect(fault).toBeUndefined();
});

test('when it was time that wrote, the next event is refused, and the process lives', () => {
  const { disk, log } = onDisk(0);
  log.append({ kind: 'note', text: 'first' });
  expect(() => vi.advanceTimersByTime(200)).not.toThrow();
  expect(() => log.append({ kind: 'note', text: 'second' })).toThrow('no space left');
  disk.room = Infinity;
  expect(log.append({ kind: 'note', text: 'second' }).seq).toBe(2);
});

test('an end that cannot be written is no end in silence', async () => {
  const { log } = onDisk(10);
  log.append({ kind: 'note', text: 'first' });
  await expect(log.close()).rejects.toThrow('no space left');
});
