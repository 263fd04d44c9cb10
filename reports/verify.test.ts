import { createHash, generateKeyPairSync } from 'node:crypto';
import { appendFile, mkdir, symlink, cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { linkOf } from '../src/history/chain.ts';
import { scheduleTexts } from '../src/grade/schedule-texts.ts';
import { readHistory } from '../src/history/read-history.ts';
import { sampleEvents, sampleHistory } from '../test-kit/sample-history.ts';
import { sampleRun } from '../test-kit/sample-run/sample-run.ts';
import { historyFile } from '../test-kit/sample-run/tape.ts';
import { publicKeyOf } from './integrity/signature.ts';
import { verifyRun } from './verify.ts';
import { writeReports } from './write.ts';

const key = generateKeyPairSync('ed25519').privateKey;
let signed: string;
let dir: string;

async function writeRun(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'run-'));
  const { report, history } = sampleRun();
  await writeFile(join(folder, 'history.jsonl'), historyFile(history));
  await writeReports({
    dir: folder,
    report,
    history,
    digest: await digestOf(folder),
    formats: ['html', 'json', 'junit', 'markdown', 'sarif', 'ctrf', 'har', 'badge'],
    signing: { key },
  });
  return folder;
}

const digestOf = async (folder: string) => (await readHistory(join(folder, 'history.jsonl'))).digest;

beforeAll(async () => {
  signed = await writeRun();
});
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'verify-'));
  await cp(signed, dir, { recursive: true });
});

async function change(file: string, how: (text: string) => string): Promise<void> {
  const text = await readFile(join(dir, file), 'utf8');
  const changed = how(text);
  expect(changed).not.toBe(text);
  await writeFile(join(dir, file), changed);
}

async function changes(): Promise<readonly string[]> {
  const result = await verifyRun(dir);
  return result.ok ? [] : result.changes;
}

const line = (number: number, how: (text: string) => string) => (text: string) =>
  text
    .split('\n')
    .map((one, index) => (index === number - 1 ? how(one) : one))
    .join('\n');

describe('an untouched run', () => {
  it('verifies, and names who signed', async () => {
    const report = JSON.parse(await readFile(join(dir, 'report.json'), 'utf8'));
    expect(await verifyRun(dir)).toEqual({ ok: true, publicKey: report.integrity.publicKey });
    expect(report.integrity).toMatchObject({ algorithm: 'Ed25519', signature: 'report.sig' });
  });

  it('has the files that were asked for and no others', async () => {
    expect((await readdir(dir)).sort()).toEqual([
      'attestation.intoto.json',
      'badge.svg',
      'ctrf.json',
      'evidence.har',
      'history.jsonl',
      'index.html',
      'junit.xml',
      'report.json',
      'report.sarif',
      'report.sig',
      'summary.md',
    ]);
  });

  it('may lose what was made from the report', async () => {
    await rm(join(dir, 'index.html'));
    expect(await changes()).toEqual([]);
  });

  it('can be signed again by another', async () => {
    const { report, history } = sampleRun();
    await writeReports({
      ...{ dir, report, history, digest: await digestOf(dir), formats: ['html'] },
      signing: { key: generateKeyPairSync('ed25519').privateKey },
    });
    expect(await changes()).toEqual([]);
  });
});

describe('a changed run', () => {
  it('names report.json', async () => {
    await change('report.json', (text) => text.replace('"non-compliant"', '"compliant"'));
    expect(await changes()).toEqual(['report.json: it is not what was signed']);
  });

  it('names report.json for a space', async () => {
    await appendFile(join(dir, 'report.json'), ' ');
    expect(await changes()).toEqual(['report.json: it is not what was signed']);
  });

  it('names the public key', async () => {
    await change('report.json', (text) => text.replace(/("publicKey": ")[^"]+/, '$1MCowBQYDK2VwAyEA'));
    expect(await changes()).toEqual([
      'report.json: it is not what was signed',
      'public key: report.json names another than report.sig was signed with',
    ]);
  });

  it('names the signature', async () => {
    await change('report.sig', (text) =>
      text.replace(/("signature": ")(.)/, (_all, before: string, one: string) => before + (one === 'A' ? 'B' : 'A')),
    );
    expect(await changes()).toEqual(['report.sig: the signature does not fit its statement and public key']);
    await writeFile(join(dir, 'report.sig'), '{}');
    expect(await changes()).toEqual(['report.sig: it does not hold a signature any more']);
  });

  it('does not take a statement that was changed without the key', async () => {
    await change('report.json', (text) => text.replace('"non-compliant"', '"compliant"'));
    const digest = createHash('sha256')
      .update(await readFile(join(dir, 'report.json')))
      .digest('hex');
    await change('report.sig', (text) =>
      text.replace(/report\.json sha256:[0-9a-f]{64}/, `report.json sha256:${digest}`),
    );
    expect(await changes()).toEqual(['report.sig: the signature does not fit its statement and public key']);
  });

  it('names any line of the history', async () => {
    const { history } = sampleRun();
    for (const number of [1, 2, 40, history.length - 1, history.length]) {
      await cp(join(signed, 'history.jsonl'), join(dir, 'history.jsonl'));
      await change(
        'history.jsonl',
        line(number, (text) => text.replace('"t":', '"t":1')),
      );
      const [first, ...others] = await changes();
      expect(first).toMatch(new RegExp(`^history\\.jsonl, line ${String(number)}: `));
      expect(others).toEqual([]);
    }
  });

  it('names a line that was taken out, put in or moved', async () => {
    const lines = (await readFile(join(dir, 'history.jsonl'), 'utf8')).split('\n');
    const cases: readonly (readonly [RegExp, readonly string[]])[] = [
      [/line 10: it has the number 11/, lines.toSpliced(9, 1)],
      [/line 10: it has the number 9/, lines.toSpliced(9, 0, lines[8]!)],
      [/line 10: it has the number 11/, lines.toSpliced(9, 2, lines[10]!, lines[9]!)],
      [/line 10: it is not an event/, lines.toSpliced(9, 1, 'nothing')],
      [/1 line was removed at the end/, lines.toSpliced(-2, 1)],
      [
        /line 93: 1 line was added at the end/,
        lines.toSpliced(-1, 0, `{"seq":93,"kind":"note","text":"x","prev":"${linkOf(lines.at(-2)!)}"}`),
      ],
    ];
    for (const [expected, changed] of cases) {
      await writeFile(join(dir, 'history.jsonl'), changed.join('\n'));
      expect((await changes()).join()).toMatch(expected);
    }
  });

  it('sees a history that was chained anew from a changed line on', async () => {
    let prev = '0'.repeat(64);
    const forged = sampleRun().history.map((event) => {
      const text = JSON.stringify({ ...event, ...(event.seq === 20 ? { t: 1 } : {}), prev });
      prev = linkOf(text);
      return `${text}\n`;
    });
    await writeFile(join(dir, 'history.jsonl'), forged.join(''));
    expect((await changes()).join()).toMatch(/chained anew/);
  });

  it('sees a byte between the lines', async () => {
    await change('history.jsonl', (text) => text.replace(/\n$/, ''));
    expect((await changes()).join()).toMatch(/between the lines/);
  });

  it('names a page that was changed', async () => {
    await change('index.html', (text) => text.replace('Not compliant', 'Compliant'));
    expect(await changes()).toEqual(['index.html: it is not what was signed']);
  });

  it.each(['report.json', 'history.jsonl', 'report.sig'])('names %s when it is missing', async (file) => {
    await rm(join(dir, file));
    expect(await changes()).toContain(`${file}: it is missing`);
  });
});

describe('a folder', () => {
  it.each<[string, () => Promise<unknown>, string]>([
    ['an added file', () => writeFile(join(dir, 'more.html'), ''), 'more.html: it was added after the run was signed'],
    ['an added folder', () => mkdir(join(dir, 'more')), 'more: it was added after the run was signed'],
    ['a hidden file', () => writeFile(join(dir, '.more'), ''), '.more: it was added after the run was signed'],
    ['a page that became a folder', () => become('index.html', 'folder'), 'index.html: it was replaced by a folder'],
    ['a page that became a link', () => become('index.html', 'link'), 'index.html: it was replaced by a link'],
    ['a report that became a link', () => become('report.json', 'link'), 'report.json: it was replaced by a link'],
    ['a history that became a link', () => become('history.jsonl', 'link'), 'history.jsonl: it was replaced by a link'],
    [
      'a history that became a folder',
      () => become('history.jsonl', 'folder'),
      'history.jsonl: it was replaced by a folder',
    ],
    ['a signature that became a link', () => become('report.sig', 'link'), 'report.sig: it was replaced by a link'],
  ])('with %s is named', async (_, change, sentence) => {
    await change();
    expect(await changes()).toContain(sentence);
  });

  async function become(file: string, what: 'folder' | 'link'): Promise<void> {
    await rm(join(dir, file));
    if (what === 'folder') await mkdir(join(dir, file));
    else await symlink(join(signed, file), join(dir, file));
  }

  it('holds its schedules as they were signed, and no others', async () => {
    const { report, history } = sampleRun();
    const write = (name: string) => writeFile(join(dir, 'schedules', name), '{}\n');
    await mkdir(join(dir, 'schedules'));
    await write('herd.json');
    const others = { 'schedules/herd.json': createHash('sha256').update('{}\n').digest('hex') };
    await writeReports({
      ...{ dir, report, history, digest: await digestOf(dir), formats: [], others, signing: { key } },
    });
    expect(await changes()).toEqual([]);
    await write('more.json');
    expect(await changes()).toEqual(['schedules/more.json: it was added after the run was signed']);
    await rm(join(dir, 'schedules/more.json'));
    await writeFile(join(dir, 'schedules/herd.json'), '[]\n');
    expect(await changes()).toEqual(['schedules/herd.json: it is not what was signed']);
  });

  it('may hold the schedules that its history gives, which earlier versions did not sign', async () => {
    await rm(dir, { recursive: true });
    await mkdir(join(dir, 'schedules'), { recursive: true });
    await writeFile(join(dir, 'history.jsonl'), sampleHistory('compliant'));
    const { report } = sampleRun();
    const history = sampleEvents('compliant');
    await writeReports({ dir, report, history, digest: await digestOf(dir), formats: [], signing: { key } });
    const [name, text] = Object.entries(scheduleTexts(history))[0] ?? ['', ''];
    await writeFile(join(dir, name), text);
    expect(await changes()).toEqual([]);
    await appendFile(join(dir, name), ' ');
    expect(await changes()).toEqual(['schedules: it was added after the run was signed']);
  });

  it('gets the pages anew that it had when it is signed again', async () => {
    const { report, history } = sampleRun();
    const again = { ...report, app: { ...report.app, name: 'Another name' } };
    await writeReports({
      ...{ dir, report: again, history, digest: await digestOf(dir), formats: [], signing: { key } },
    });
    expect(await changes()).toEqual([]);
    expect(await readFile(join(dir, 'index.html'), 'utf8')).toContain('Another name');
  });
});

describe('a trusted key', () => {
  it('is the only one that may have signed', async () => {
    const trusted = generateKeyPairSync('ed25519').privateKey;
    const own = publicKeyOf(key);
    expect(await verifyRun(dir, { trusted: [publicKeyOf(trusted), own] })).toMatchObject({ ok: true });
    expect(await verifyRun(dir, { trusted: [publicKeyOf(trusted)] })).toEqual({
      ok: false,
      changes: [`report.sig: it was signed with another key than the trusted ones, ${own}`],
    });
  });
});

describe('an attestation', () => {
  it('that was changed is named, and one that attests another run', async () => {
    const file = 'attestation.intoto.json';
    await rm(join(dir, file));
    expect(await changes()).toEqual([]);
    await cp(join(signed, file), join(dir, file));
    await appendFile(join(dir, file), ' ');
    expect(await changes()).toEqual([`${file}: it is not what was signed`]);
  });
});

describe('what is no run', () => {
  it('is trouble with exit code 2', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'empty-'));
    for (const place of [empty, join(empty, 'nowhere'), join(signed, 'report.json')])
      await expect(verifyRun(place)).rejects.toMatchObject({ code: 'not-a-run', exit: 2 });
    await writeFile(join(empty, 'history.jsonl'), '{}');
    await expect(verifyRun(empty)).rejects.toMatchObject({ code: 'not-a-run' });
  });
});

describe('writing', () => {
  it('names a folder that is in the place of a file, and does not write through a link', async () => {
    const { report, history } = sampleRun();
    const digest = await digestOf(signed);
    const write = (dir: string) =>
      writeReports({
        dir,
        report,
        history,
        digest,
        formats: [],
        signing: { key },
        historyFrom: join(signed, 'history.jsonl'),
      });
    const dir = await mkdtemp(join(tmpdir(), 'other-'));
    await mkdir(join(dir, 'report.json'));
    await expect(write(dir)).rejects.toMatchObject({
      code: 'not-a-file',
      exit: 70,
      message: expect.stringContaining('report.json'),
    });
    await rm(join(dir, 'report.json'), { recursive: true });
    await writeFile(join(dir, 'other.txt'), 'kept');
    await symlink(join(dir, 'other.txt'), join(dir, 'report.json'));
    await write(dir);
    expect(await readFile(join(dir, 'other.txt'), 'utf8')).toBe('kept');
  });

  it('copies the history for another folder, and needs one', async () => {
    const other = await mkdtemp(join(tmpdir(), 'other-'));
    const { report, history } = sampleRun();
    const digest = await digestOf(signed);
    await expect(
      writeReports({ dir: other, report, history, digest, formats: [], signing: { key } }),
    ).rejects.toMatchObject({
      code: 'history-missing',
    });
    const written = await writeReports({
      dir: other,
      report,
      history,
      digest,
      formats: [],
      signing: { key },
      historyFrom: join(signed, 'history.jsonl'),
    });
    const names = ['report.json', 'attestation.intoto.json', 'report.sig'];
    expect(written.files).toEqual(names.map((name) => join(other, name)));
    expect(written.report.integrity.publicKey).not.toBe('');
    expect(await verifyRun(other)).toMatchObject({ ok: true });
  });

  it('refuses a format that is not there, and says which are', async () => {
    const { report, history } = sampleRun();
    await expect(
      writeReports({ ...{ dir, report, history, digest: await digestOf(dir), formats: ['pdf'] }, signing: { key } }),
    ).rejects.toMatchObject({
      code: 'unknown-format',
      hint: 'Choose among badge, ctrf, har, html, json, junit, markdown, sarif.',
    });
  });
});
