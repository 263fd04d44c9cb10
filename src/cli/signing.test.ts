import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { publicKeyOf } from '../../reports/integrity/signature.ts';
import { loadSigningKey } from '../../reports/integrity/signing-key.ts';
import { sampleHistory } from '../../test-kit/sample-history.ts';
import { verifyRun } from '../../reports/verify.ts';
import { FIRST_LINK, linkOf } from '../history/chain.ts';
import { openHistory } from '../run/regrade.ts';
import { reportRun } from '../run/report-run.ts';
import { cli } from './cli.ts';

let root: string;
let kept: string;
let dir: string;
let env: Record<string, string>;
const other = generateKeyPairSync('ed25519').privateKey;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'signing-'));
  env = { XDG_CONFIG_HOME: join(root, 'settings') };
  kept = join(root, 'kept');
  const { key } = await loadSigningKey(env);
  await writeRun(kept, sampleHistory('failing').split('\n').slice(0, 60).join('\n') + '\n', key);
});
afterAll(() => rm(root, { recursive: true }));
beforeEach(async () => {
  dir = await mkdtemp(join(root, 'run-'));
  await cp(kept, dir, { recursive: true });
});

async function writeRun(to: string, history: string, key: typeof other): Promise<void> {
  await mkdir(to, { recursive: true });
  await writeFile(join(to, 'history.jsonl'), history);
  const read = await openHistory(to);
  await reportRun({ read, signing: { key }, from: to, to, formats: ['html'], baseline: [] });
}

/** Runs a command line in this process. */
async function typed(...args: readonly string[]) {
  const text = { out: '', err: '' };
  const code = await cli({
    ...{ args, cwd: root, env },
    stdout: { write: (part) => (text.out += part) !== '' },
    stderr: { write: (part) => (text.err += part) !== '' },
    signals: { on: () => undefined, off: () => undefined, exit: () => undefined },
  });
  return { code, ...text };
}

const read = (file: string, from = dir): Promise<string> => readFile(join(from, file), 'utf8');

/** Changes the history line by line and chains it anew. */
async function rewrite(how: (lines: readonly object[]) => readonly object[]): Promise<void> {
  let prev = FIRST_LINK;
  const events = (await read('history.jsonl'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  const lines = how(events).map((event) => {
    const line = JSON.stringify({ ...event, prev });
    prev = linkOf(line);
    return `${line}\n`;
  });
  await writeFile(join(dir, 'history.jsonl'), lines.join(''));
}

describe('report', () => {
  it('signs again what this key had signed, in place and elsewhere', async () => {
    const graded = await typed('report', dir);
    expect(graded.err).toBe('');
    expect(await verifyRun(dir)).toMatchObject({ ok: true });
    const out = join(dir, '../again');
    expect(await typed('report', dir, '--out', out)).toMatchObject({ code: graded.code, err: '' });
    expect(await verifyRun(out)).toMatchObject({ ok: true });
  });

  /** What makes a run one that is not signed again, and how that is said. */
  const UNSIGNED: readonly (readonly [string, () => Promise<void>, string])[] = [
    ['without a signature', () => rm(join(dir, 'report.sig')), 'it has no report.sig'],
    [
      'with a signature that is not one',
      () => writeFile(join(dir, 'report.sig'), '{}'),
      'its report.sig does not verify',
    ],
    [
      'that another key signed',
      async () => writeRun(dir, await read('history.jsonl'), other),
      'it was signed with another key, MCow',
    ],
    [
      'with a broken chain',
      async () => writeFile(join(dir, 'history.jsonl'), (await read('history.jsonl')).replace('"t":', '"t":1')),
      'history.jsonl, line 1: it was changed',
    ],
    [
      'that was chained anew',
      () => rewrite((events) => events.slice(0, -1)),
      'its history.jsonl is not the one that report.sig signs',
    ],
    [
      'with an unknown kind of event',
      () => rewrite((events) => events.with(5, { ...events[5], kind: 'gossip' })),
      'history.jsonl, line 6: an unknown kind of event, "gossip"',
    ],
    [
      'with two beginnings',
      () => rewrite((events) => events.with(5, { ...events[0], seq: 6 })),
      'history.jsonl, line 6: a second run-begin',
    ],
    [
      'with a number that is there twice',
      () => rewrite((events) => events.with(5, { ...events[5], seq: 5 })),
      'history.jsonl, line 6: it has the number 5',
    ],
  ];

  it.each(UNSIGNED)('of a run %s grades it, and writes nothing in place', async (_, change, why) => {
    await change();
    const before = await Promise.all((await readdir(dir)).map(async (file) => [file, await read(file)]));
    const inPlace = await typed('report', dir);
    expect(inPlace.code).toBe(2);
    expect(inPlace.err).toContain(why);
    expect(inPlace.err).toContain('--unsigned');
    expect(await Promise.all((await readdir(dir)).map(async (file) => [file, await read(file)]))).toEqual(before);

    const out = await mkdtemp(join(root, 'out-'));
    const elsewhere = await typed('report', dir, '--out', out, '--format', 'html');
    const report = JSON.parse(await read('report.json', out));
    expect(elsewhere.code).toBe(report.verdict === 'non-compliant' ? 1 : 3);
    expect(elsewhere.err).toContain(`Not signed: ${why}`);
    expect(report.integrity).toMatchObject({ publicKey: '', unsigned: expect.stringContaining(why) });
    expect((await readdir(out)).toSorted()).toEqual(['history.jsonl', 'index.html', 'report.json']);
    expect(await read('index.html', out)).toContain('Not signed');
  });

  it('replaces the report without signing it when asked to', async () => {
    const before = await read('report.sig');
    const { code, err } = await typed('report', dir, '--unsigned');
    expect([code === 1 || code === 3, err]).toEqual([true, 'Not signed: --unsigned was given.\n']);
    expect(JSON.parse(await read('report.json')).integrity.unsigned).toBe('--unsigned was given');
    expect(await read('report.sig')).toBe(before);
  });

  it('refuses a history of another version, and names it', async () => {
    await rewrite((events) => events.with(0, { ...events[0], schemaVersion: 2 }));
    const { code, err } = await typed('report', dir, '--unsigned');
    expect(code).toBe(2);
    expect(err).toContain('history.jsonl, line 1: an unknown schemaVersion, 2; this version reads 1.');
  });

  it('refuses to mix two runs in one folder', async () => {
    const out = await mkdtemp(join(root, 'out-'));
    await writeFile(join(out, 'history.jsonl'), '{}\n');
    const { code, err } = await typed('report', dir, '--out', out);
    expect([code, err.includes('is the history of another run')]).toEqual([2, true]);
  });
});

describe('merge', () => {
  async function shards(key = other): Promise<readonly string[]> {
    const events = (await read('history.jsonl', kept))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown> & { kind: string; selection: object });
    return Promise.all(
      ['1/2', '2/2'].map(async (shard) => {
        let prev = FIRST_LINK;
        const lines = events.map((event) => {
          const selection =
            event.kind === 'run-begin' ? { selection: { ...event.selection, shard, scenarios: [] } } : {};
          const line = JSON.stringify({ ...event, ...selection, prev });
          prev = linkOf(line);
          return `${line}\n`;
        });
        const to = await mkdtemp(join(root, 'shard-'));
        await writeRun(to, lines.join(''), shard === '1/2' ? (await loadSigningKey(env)).key : key);
        return to;
      }),
    );
  }

  it('signs shards that this key signed', async () => {
    const out = await mkdtemp(join(root, 'out-'));
    const merged = await typed('merge', ...(await shards((await loadSigningKey(env)).key)), '--out', out);
    expect(merged.err).toBe('');
    expect(await verifyRun(join(out, 'latest'))).toMatchObject({ ok: true });
  });

  it('needs --trust or --unsigned for a shard that another key signed', async () => {
    const dirs = await shards();
    const out = await mkdtemp(join(root, 'out-'));
    const refused = await typed('merge', ...dirs, '--out', out);
    expect(refused.code).toBe(2);
    const key = /was signed with another key, (\S+)\.\n/u.exec(refused.err)?.[1] ?? '';
    expect(refused.err).toContain('--trust');
    expect(await readdir(out)).toEqual([]);

    expect((await typed('merge', ...dirs, '--out', out, '--trust', key)).err).toBe('');
    expect(await verifyRun(join(out, 'latest'))).toMatchObject({ ok: true });

    const unsigned = await typed('merge', ...dirs, '--out', out, '--unsigned');
    expect(unsigned.err).toContain(`Not signed: ${dirs[1] ?? ''} was signed with another key`);
    expect(await readdir(join(out, 'latest'))).not.toContain('report.sig');
  });
});

describe('verify', () => {
  it('says whose key signed, and warns when only this installation vouches for it', async () => {
    const { code, out, err } = await typed('verify', dir);
    expect(code).toBe(0);
    expect(out).toContain("(this installation's own key)");
    expect(err).toContain("Only this installation's own key signed it");
    const answer = JSON.parse((await typed('verify', dir, '--json')).out);
    expect(answer).toMatchObject({ ok: true, signer: 'installation', warning: expect.any(String) });
  });

  it('says that a key is not known here', async () => {
    await writeRun(dir, await read('history.jsonl'), other);
    const { code, out, err } = await typed('verify', dir);
    expect([code, out.includes('(a key that is not known here)')]).toEqual([0, true]);
    expect(err).toContain('--trust');
  });

  it('takes the key that must have signed from a file or as text, and exits with 1 for another', async () => {
    const { key } = await loadSigningKey(env);
    const own = createPublicKey(key);
    const file = join(dir, '../own.pem');
    await writeFile(file, own.export({ type: 'spki', format: 'pem' }));
    expect(await typed('verify', dir, '--key', file)).toMatchObject({ code: 0, err: '' });
    expect(await typed('verify', dir, '--trust', publicKeyOf(own))).toMatchObject({ code: 0, err: '' });
    const wrong = await typed('verify', dir, '--trust', publicKeyOf(createPublicKey(other)));
    expect(wrong.code).toBe(1);
    expect(wrong.out).toContain('report.sig: it was signed with another key than the trusted ones');
    expect((await typed('verify', dir, '--key', join(dir, 'report.json'))).code).toBe(2);
  });

  it('fetches a trusted key from a URL', async () => {
    const { key } = await loadSigningKey(env);
    const jwk = { keys: [createPublicKey(key).export({ format: 'jwk' })] };
    const server = createServer((_, response) => response.end(JSON.stringify(jwk))).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      const url = `http://127.0.0.1:${String(port)}/jwks`;
      expect(await typed('verify', dir, '--trust', url)).toMatchObject({ code: 0, err: '' });
      expect((await typed('verify', dir, '--trust', 'http://example.com/key')).err).toContain('only https is trusted');
    } finally {
      server.close();
    }
  });
});
