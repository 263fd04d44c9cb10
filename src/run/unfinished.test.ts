import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  existsSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { publicKeyOf } from '../../reports/integrity/signature.ts';
import { loadSigningKey } from '../../reports/integrity/signing-key.ts';
import { verifyRun } from '../../reports/verify.ts';
import { sampleHistory } from '../../test-kit/sample-history.ts';
import { FIRST_LINK, linkOf } from '../history/chain.ts';
import type { Event, RunBegin } from '../history/event.ts';
import { signBegin } from './begin-signature.ts';
import { beginHistory } from './folder.ts';
import { markRunning, reportUnfinished } from './unfinished.ts';

const SAMPLE = sampleHistory('compliant');
const CUT = SAMPLE.slice(0, 60_000);

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'unfinished-'));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(out, { recursive: true });
});

/** A process that has ended. */
const gone = (): number => spawnSync(process.execPath, ['--version']).pid;

function folder(id: string, mark: object | string, history = CUT): string {
  const dir = join(out, id);
  mkdirSync(dir);
  writeFileSync(join(dir, 'history.jsonl'), history);
  writeFileSync(join(dir, 'running.json'), typeof mark === 'string' ? mark : JSON.stringify(mark));
  return dir;
}

test('a run whose process is gone is graded and reported, once', async () => {
  const id = '20261123-120000-abcd';
  const dir = folder(id, { pid: gone(), host: hostname() });
  const [one, ...more] = await reportUnfinished(out, ['html']);
  expect(more).toEqual([]);
  expect(one).toMatchObject({
    id,
    dir,
    report: { run: { partial: true, partialReason: 'The run was broken off before its end.' } },
  });
  expect(readlinkSync(join(out, 'latest'))).toBe(id);
  expect(existsSync(join(dir, 'running.json'))).toBe(false);
  expect(await reportUnfinished(out, [])).toEqual([]);
});

describe('a run whose process is gone is signed', () => {
  const id = '20261123-120000-abcd';
  const lines = CUT.split('\n').slice(0, 50);
  const begin = JSON.parse(lines[0] ?? '') as RunBegin & { readonly run: object };

  const beginAgain = (line: string): string =>
    line.includes('"kind":"phase"') ? JSON.stringify({ ...begin, seq: (JSON.parse(line) as Event).seq }) : line;

  /** The history begins with the run of `id`, signed with `key`; `change` is made before the lines are chained. */
  async function reported(key: KeyObject, named = id, change: (line: string) => string = (line) => line) {
    const { seq, t, scenario, kind, prev: _prev, ...body } = begin as unknown as Event & { kind: 'run-begin' };
    const signed = signBegin({ kind, ...body, run: { ...body.run, id: named } }, key);
    let prev = FIRST_LINK;
    const chained = [JSON.stringify({ seq, t, scenario, ...signed }), ...lines.slice(1)].map((line) => {
      const text = JSON.stringify({ ...(JSON.parse(change(line)) as object), prev });
      prev = linkOf(text);
      return `${text}\n`;
    });
    folder(id, { pid: gone(), host: hostname() }, `${chained.join('')}{"seq":51,"t":1`);
    const [one] = await reportUnfinished(out, []);
    return one?.report?.integrity;
  }

  test('when this installation began it', async () => {
    const { key } = await loadSigningKey();
    expect(await reported(key)).toEqual({
      ...{ algorithm: 'Ed25519', publicKey: publicKeyOf(key), signature: 'report.sig' },
    });
    expect(await verifyRun(join(out, id))).toMatchObject({ ok: true });
  });

  test.each<[string, () => ReturnType<typeof reported>, string]>([
    [
      'another key began',
      () => reported(generateKeyPairSync('ed25519').privateKey),
      'its run-begin is not signed with the key of this installation',
    ],
    [
      'began in another folder',
      async () => reported((await loadSigningKey()).key, '20261123-120000-0000'),
      'it is the history of the run 20261123-120000-0000',
    ],
    [
      'has another beginning than was signed',
      async () =>
        reported((await loadSigningKey()).key, id, (line) => line.replace('"failOn":"must"', '"failOn":"never"')),
      'its run-begin is not signed with the key of this installation',
    ],
    [
      'has a second beginning',
      async () => reported((await loadSigningKey()).key, id, beginAgain),
      'history.jsonl, line ',
    ],
  ])('but not one that %s', async (_, report, why) => {
    expect(await report()).toMatchObject({ publicKey: '', unsigned: expect.stringContaining(why) as string });
    expect(existsSync(join(out, id, 'report.sig'))).toBe(false);
  });
});

test('one that goes on is left alone, and so is what is no run of ours', async () => {
  folder('20261123-120000-0001', { pid: process.ppid, host: hostname() });
  folder('20261123-120000-0002', { pid: 1, host: 'elsewhere' });
  folder('20261123-120000-0003', 'no JSON');
  folder('20261123-120000-0004', { pid: -1, host: hostname() });
  folder('another', { pid: gone(), host: hostname() });
  expect(await reportUnfinished(out, [])).toEqual([]);
  expect(await reportUnfinished(join(out, 'nowhere'), [])).toEqual([]);
});

test('one of another machine that has been silent for long is taken for broken off', async () => {
  const dir = folder('20261123-120000-abcd', { pid: 1, host: 'elsewhere' });
  utimesSync(join(dir, 'history.jsonl'), 0, 0);
  expect(await reportUnfinished(out, [])).toHaveLength(1);
});

test.each([86_400_000, -86_400_000])(
  'silence is reckoned by the clock that stamps the files, not by this machine’s, which is off by %d ms',
  async (offMs) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + offMs });
    const spoken = folder('20261123-120000-0001', { pid: 1, host: 'elsewhere' });
    const silent = folder('20261123-120000-0002', { pid: 1, host: 'elsewhere' });
    const { mtimeMs } = statSync(join(spoken, 'history.jsonl'));
    utimesSync(join(silent, 'history.jsonl'), 0, mtimeMs / 1_000 - 1_200);
    expect(await reportUnfinished(out, [])).toMatchObject([{ dir: silent }]);
    expect(readdirSync(out).filter((name) => name.startsWith('.'))).toEqual([]);
  },
);

test.each(['', '{"seq":1,"kind":"run-be'])(
  'one that was killed before its first line (%j) does no harm',
  async (history) => {
    folder('20261123-120000-abcd', { pid: gone(), host: hostname() }, history);
    expect(await reportUnfinished(out, [])).toMatchObject([{ report: undefined }]);
    expect(await reportUnfinished(out, [])).toEqual([]);
  },
);

test('the mark of a run of this process is its own', async () => {
  const dir = join(out, '20261123-120000-abcd');
  mkdirSync(dir);
  const ended = markRunning(dir);
  expect(JSON.parse(readFileSync(join(dir, 'running.json'), 'utf8'))).toEqual({ pid: process.pid, host: hostname() });
  ended();
  expect(existsSync(join(dir, 'running.json'))).toBe(false);
});

test('a history that cannot be begun is reported with what to do', () => {
  expect(() => beginHistory('/dev/null/x')).toThrow(
    expect.objectContaining({ code: 'out-not-writable', exit: 2, message: expect.stringContaining('ENOTDIR') }),
  );
  writeFileSync(join(out, 'history.jsonl'), '');
  expect(() => beginHistory(out)).toThrow(expect.objectContaining({ code: 'out-not-writable' }));
});
