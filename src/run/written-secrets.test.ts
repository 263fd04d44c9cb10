/** A client writes secrets in any disguise to its output, its answers and its URLs; no file that is left behind gives one away. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startRecording, type Recording } from '../../mock-server/recorder/fixtures/recording.ts';
import { writeReports } from '../../reports/write.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import { requestPlainAction } from '../drivers/action.ts';
import { gatherEvidence } from '../drivers/process/evidence.ts';
import type { EventBody } from '../history/event.ts';
import { openLog } from '../history/open-log.ts';
import { plainForms } from './fixtures/plain-forms.ts';
import { openHistory, regrade } from './regrade.ts';
import { writeSchedules } from './schedule-files.ts';

const FORMATS = ['html', 'junit', 'markdown', 'sarif', 'ctrf', 'har', 'badge'];
const SCENARIO = 'refresh-chain';

const each = (raw: string, write: (character: string) => string): string => Array.from(raw, write).join('');
const hex = (raw: string): string => Buffer.from(raw).toString('hex');
const pairs = (raw: string, between: string): string => hex(raw).match(/../g)?.join(between) ?? '';
const pieces = (raw: string, between: string): string => raw.match(/.{1,7}/gsu)?.join(between) ?? '';
const code = (character: string): number => character.codePointAt(0) ?? 0;

const WRITINGS: Readonly<Record<string, (raw: string) => string>> = {
  colour: (raw) => `${raw.slice(0, 7)}\u001b[1;31m${raw.slice(7, 15)}\u001b[0m${raw.slice(15)}`,
  'percent-encoding': (raw) =>
    Array.from(Buffer.from(raw), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  Buffer: (raw) => `<Buffer ${pairs(raw, ' ')}>`,
  'JSON of a Buffer': (raw) => JSON.stringify(Buffer.from(raw)),
  'hexadecimal with colons': (raw) => pairs(raw, ':'),
  'hexadecimal with 0x': (raw) => `0x${pairs(raw, ', 0x')}`,
  'escapes of JSON': (raw) => each(raw, (one) => `\\u${code(one).toString(16).padStart(4, '0')}`),
  'character references': (raw) => each(raw, (one) => `&#${String(code(one))};`),
  'full width': (raw) => each(raw, (one) => (/[!-~]/u.test(one) ? String.fromCodePoint(code(one) + 0xfee0) : one)),
  'zero width': (raw) => each(raw, (one) => `${one}\u200b`),
  spaces: (raw) => pieces(raw, ' '),
  commas: (raw) => pieces(raw, ','),
  slashes: (raw) => pieces(raw, '/'),
  'upper case': (raw) => raw.toUpperCase(),
  'lower case': (raw) => raw.toLowerCase(),
  base64: (raw) => Buffer.from(raw).toString('base64'),
};

interface Written {
  readonly secret: string;
  readonly chain: readonly string[];
  readonly text: string;
}

/** Letters and digits enough that it is recognised in another case and in pieces. */
const secrets = fc
  .stringMatching(/^[A-Za-z0-9._~-]{24,80}$/u)
  .filter((raw) => /\d\D+\d\D+\d/u.test(raw) && raw.replace(/[^A-Za-z0-9]/gu, '').length >= 12);
const chains = fc.array(fc.constantFrom(...Object.keys(WRITINGS)), { minLength: 1, maxLength: 3 });
const written: fc.Arbitrary<Written> = fc.tuple(secrets, chains).map(([secret, chain]) => ({
  secret,
  chain,
  text: chain.reduce((text, name) => WRITINGS[name]?.(text) ?? text, secret),
}));

/** Sends one request; `path` and `body` exactly so. */
const send = (origin: string, method: string, path: string, body = ''): Promise<void> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    request(origin, { method, path, headers }, (answer) => answer.resume().once('end', resolve))
      .once('error', reject)
      .end(body);
  });

/** What a client does with one of them: it refreshes with the secret, then writes it down wherever it can. */
async function play(recording: Recording, { secret, text }: Written): Promise<void> {
  const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: secret });
  await send(recording.login, 'POST', '/services/oauth2/token', form.toString());
  let numbers = 0;
  const context = {
    ...{ timeoutMs: 60_000, ended: undefined },
    record: (body: EventBody) => recording.record(body),
    redact: (raw: string) => recording.redactor.redact(raw),
    next: () => (numbers += 1),
  };
  const evidence = gatherEvidence(context, 'P1');
  const place = { process: 'P1', user: 'U1', flush: () => evidence.flush() };
  await requestPlainAction(context, 'call', place, async () => {
    evidence.add('stdout', { text: `refreshed with ${text} (ok)`, cut: false });
    evidence.add('stderr', { text: `Error: could not store ${text}`, cut: false });
    const inUrl = encodeURIComponent(text);
    await send(recording.instance, 'GET', `/services/data/${inUrl}?token=${inUrl}&${inUrl}=1`);
    return { result: 'failed', error: `no session: ${text}` };
  });
}

/** Writes everything that a run leaves behind of these events; returns the text of each file by its name. */
async function leftBehind(recording: Recording, dir: string): Promise<ReadonlyMap<string, string>> {
  const log = openLog({ path: join(dir, 'history.jsonl') });
  log.append(runFacts().begin, '');
  const inScenario = (body: EventBody): unknown => log.append(body, SCENARIO);
  inScenario({ kind: 'scenario-begin', title: 'Written secrets', mode: 'salesforce' });
  for (const event of recording.events) inScenario(event);
  inScenario({ kind: 'scenario-end', outcome: 'completed', durationMs: 1 });
  log.append({ kind: 'run-end', outcome: 'completed' }, '');
  await log.close();
  const read = await openHistory(dir);
  const report = await regrade(read, dir);
  const others = await writeSchedules(dir, read.events);
  const signing = { unsigned: 'it is a test' };
  await writeReports({ dir, report, history: read.events, digest: read.digest, formats: FORMATS, signing, others });
  const files = await readdir(dir, { recursive: true, withFileTypes: true });
  return new Map(
    await Promise.all(
      files
        .filter((file) => file.isFile())
        .map(async ({ parentPath, name }) => [name, await readFile(join(parentPath, name), 'utf8')] as const),
    ),
  );
}

test('no file of a run gives a secret away, however its client has written it', { timeout: 300_000 }, async () => {
  const all = fc.sample(written, 100);
  const recording = await startRecording();
  const dir = await mkdtemp(join(tmpdir(), 'sf-written-'));
  try {
    for (const one of all) await play(recording, one);
    await recording.close();
    const files = await leftBehind(recording, dir);
    expect([...files.keys()].sort()).toEqual([
      'badge.svg',
      'ctrf.json',
      'evidence.har',
      'history.jsonl',
      'index.html',
      'junit.xml',
      'report.json',
      'report.sarif',
      'summary.md',
    ]);
    const leaks: string[] = [];
    for (const [name, text] of files) {
      const forms = plainForms(text).join(' ');
      for (const { secret, chain } of all) {
        const [needle = ''] = plainForms(secret);
        if (forms.includes(needle)) leaks.push(`${name}: ${chain.join(', ')} of ${secret}`);
      }
    }
    expect(leaks).toEqual([]);
    // The search finds what it looks for: each writing that can be undone at all is found in what the client wrote.
    const found = all.filter(({ secret, text }) =>
      plainForms(`x ${text} y`).some((form) => form.includes(plainForms(secret)[0] ?? '')),
    );
    expect(found.length).toBeGreaterThan(80);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});
