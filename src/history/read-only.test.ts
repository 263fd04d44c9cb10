import { chmodSync, mkdtempSync, readFileSync, rmSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLog } from './open-log.ts';
import { readHistory } from './read-history.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'history-'));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

const durable = { kind: 'scenario-end', outcome: 'completed', durationMs: 1 } as const;

test('a history that is made read-only in the middle, folder and all, is written to its end', async () => {
  const path = join(folder, 'history.jsonl');
  const log = openLog({ path });
  log.append(durable);
  chmodSync(path, 0o400);
  chmodSync(folder, 0o500);
  log.append({ kind: 'note', text: 'second' });
  await log.close();
  expect(await readHistory(path)).toMatchObject({ torn: false, fault: undefined, events: [{ seq: 1 }, { seq: 2 }] });
});

test('a disk that turns read-only is reported on every write, and the existing content stays', async () => {
  const path = join(folder, 'history.jsonl');
  const readOnly = Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS' });
  let gone = false;
  const log = openLog({
    path,
    write: (_file, bytes) => {
      if (gone) throw readOnly;
      return bytes.length;
    },
  });
  log.append(durable);
  gone = true;
  expect(() => log.append(durable)).toThrow(readOnly);
  expect(() => log.append(durable)).toThrow(readOnly);
  await expect(log.close()).rejects.toThrow(readOnly);
});

test('a history that is removed during the run does not stop the run', async () => {
  const path = join(folder, 'history.jsonl');
  const log = openLog({ path });
  log.append(durable);
  unlinkSync(path);
  log.append(durable);
  await log.close();
  expect(() => readFileSync(path)).toThrow('ENOENT');
});
