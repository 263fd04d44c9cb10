import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resolveConfig } from '../config/resolve.ts';
import { FIRST_LINK, linkOf } from '../history/chain.ts';
import { openLog } from '../history/open-log.ts';
import { readOwnHistory } from './own-history.ts';
import { run } from './run.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'own-history-'));
  path = join(folder, 'history.jsonl');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A log with so many notes in it. */
function logOf(count: number) {
  const log = openLog({ path });
  for (let at = 1; at <= count; at += 1) log.append({ kind: 'note', text: `note ${String(at)}` });
  return log;
}

/** Changes the file as text, chained anew unless `asIs`. */
function edit(how: (lines: readonly string[]) => readonly string[], asIs = false): void {
  let prev = FIRST_LINK;
  const lines = how(readFileSync(path, 'utf8').trimEnd().split('\n')).map((line) => {
    const text = asIs ? line : JSON.stringify({ ...(JSON.parse(line) as object), prev });
    prev = linkOf(text);
    return `${text}\n`;
  });
  writeFileSync(path, lines.join(''));
}

const note4 = (lines: readonly string[]) => lines.map((line) => line.replace('note 4', 'note 9'));

describe('the history of this process', () => {
  test('is read when it is unchanged, and while it is written', async () => {
    const log = logOf(5);
    expect((await readOwnHistory(folder, log)).events).toHaveLength(5);
    const reading = readOwnHistory(folder, log);
    log.append({ kind: 'note', text: 'later' });
    log.flush();
    expect(await reading).toMatchObject({ torn: false, fault: undefined, digest: { lines: 5 } });
    await log.close();
    expect(await readOwnHistory(folder, log)).toMatchObject({ digest: { lines: 6 } });
  });

  test.each<[string, () => void, string]>([
    ['a line that was changed', () => edit(note4, true), 'line 4: it is not what was recorded'],
    ['a change that was chained anew', () => edit(note4), 'line 4: it is not what was recorded'],
    ['lines that were removed at the end', () => edit((lines) => lines.slice(0, 7)), 'line 8: it is missing'],
    ['a line that was added', () => appendFileSync(path, '{"seq":11}\n'), 'line 11: it was added'],
    ['half a line', () => appendFileSync(path, '{"se'), 'line 11: it was added'],
    ['no JSON', () => edit((lines) => lines.with(2, 'nothing'), true), 'line 3: it is not what was recorded'],
    ['an empty file', () => writeFileSync(path, ''), 'line 1: it is missing'],
    ['a file that is gone', () => rmSync(path), 'cannot be read any more'],
  ])('is not trusted with %s', async (_, change, sentence) => {
    const log = logOf(10);
    await log.close();
    change();
    await expect(readOwnHistory(folder, log)).rejects.toMatchObject({
      code: 'history-changed',
      exit: 70,
      message: expect.stringContaining(sentence) as string,
    });
  });
});

test('a run whose history the client edits is neither graded nor signed', { timeout: 120_000 }, async () => {
  const client = fileURLToPath(new URL('../../suites/proof/client/main.mjs', import.meta.url));
  const config = resolveConfig(
    { driver: { type: 'adapter', command: [process.execPath, client, 'reference'] }, run: { quietMs: 100 } },
    { dir: folder, cwd: folder, env: {} },
  );
  const nothing = (): undefined => undefined;
  const scenarioDone = (): void => {
    const [id = ''] = readdirSync(folder).filter((name) => /^\d{8}-/u.test(name));
    path = join(folder, id, 'history.jsonl');
    edit((lines) => lines.map((line) => line.replace('"status":200', '"status":201')));
  };
  const running = run({
    ...{ config, outDir: folder, formats: ['html'], failOn: 'must', scenarios: ['login'] },
    progress: { scenario: nothing, scenarioDone, note: nothing },
  });
  await expect(running).rejects.toMatchObject({
    code: 'history-changed',
    exit: 70,
    message: expect.stringMatching(/history\.jsonl, line \d+: it is not what was recorded\.$/) as string,
  });
  expect(existsSync(path)).toBe(true);
  expect(readdirSync(join(path, '..'))).toEqual(['history.jsonl']);
});
