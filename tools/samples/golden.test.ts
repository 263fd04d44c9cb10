import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openWorkspace } from '../../test-kit/command-line.ts';
import type { Report } from '../../src/grade/report.ts';
import { readHistory } from '../../src/history/read-history.ts';
import { sampleHistory } from '../../test-kit/sample-history.ts';
import { findRequirementSet } from '../../suites/requirements/sets.ts';
import { verifyRun } from '../../reports/verify.ts';
import { GOLDEN, SAMPLES, differences, remake, sampleKey } from './golden.ts';

let made: string;
let reports: readonly Report[];

beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), 'golden-'));
  reports = await remake(made);
}, 300_000);
afterAll(() => rm(made, { recursive: true, force: true }));

describe('the golden samples', () => {
  it('have the verdict that they stand for, of a whole run', () => {
    expect(
      reports.map(({ verdict, run: { partial }, app }) => ({ verdict, partial, appName: app.name })),
      'Scenarios changed: run "npm run samples -- --record"',
    ).toEqual(SAMPLES.map(({ verdict, appName }) => ({ verdict, partial: false, appName })));
    for (const report of reports)
      expect(report.requirements).toHaveLength(findRequirementSet(report.run.rules)?.requirements.length ?? 0);
  });

  it('are what their histories give today, byte for byte', async () => {
    expect(
      await differences(GOLDEN, made),
      'Checks or report formats changed: run "npm run samples", look at the differences and commit them',
    ).toEqual([]);
  });

  it('differ when a byte does', async () => {
    const changed = await mkdtemp(join(tmpdir(), 'golden-'));
    try {
      await cp(made, changed, { recursive: true });
      await rm(join(changed, 'failing', 'badge.svg'));
      await cp(join(changed, 'failing', 'summary.md'), join(changed, 'compliant', 'summary.md'));
      await cp(join(changed, 'failing', 'index.html'), join(changed, 'comparison.html'));
      expect(await differences(made, changed)).toEqual([
        'failing/badge.svg',
        'compliant/summary.md',
        'comparison.html',
      ]);
    } finally {
      await rm(changed, { recursive: true, force: true });
    }
  });

  it.each(SAMPLES)('$folder: is signed, and holds labels only', async ({ folder }) => {
    expect(await verifyRun(join(made, folder))).toMatchObject({ ok: true });
    const { events } = await readHistory(join(made, folder, 'history.jsonl'));
    const clientIds = new Set<string>();
    for (const event of events)
      if (event.kind === 'request')
        for (const { name, value } of [...event.query, ...event.body]) if (name === 'client_id') clientIds.add(value);
    expect(clientIds.size).toBe(1);
    const own = new Set([...clientIds, ALPHABET, `${ALPHABET}._`]);
    const bare = events
      .map(({ prev: _prev, ...event }) =>
        JSON.stringify(event.kind === 'run-begin' ? { ...event, signature: undefined } : event),
      )
      .join('\n');
    const long = bare.match(/(?<![\w.+=~-])[\w.+=~-]{32,}/g) ?? [];
    expect([...new Set(long)].filter((text) => !own.has(text) && !/^[a-z]+(?:-[a-z]+)*$/.test(text))).toEqual([]);
  });

  it.each(SAMPLES)('$folder: names no place and no person of the machine that recorded it', async ({ folder }) => {
    for (const file of ['history.jsonl', 'report.json', 'summary.md', 'index.html']) {
      const text = await readFile(join(made, folder, file), 'utf8');
      expect(text.match(/file:\/\/|[A-Z]:\\\\|\/(?:home|Users|root|tmp|var|private|work|opt)\/[^"\s]*/g) ?? []).toEqual(
        [],
      );
      const mine = [hostname(), userInfo().username].filter((name) => name.length > 4);
      for (const name of mine) expect(text.includes(name)).toBe(false);
    }
    const hosts = sampleHistory(folder).match(/https?:\/\/[^/"?#\s\\]+/g) ?? [];
    expect([...new Set(hosts.map((host) => host.replace(/:\d+$/, '')))].sort()).toEqual([
      'http://127.0.0.1',
      'http://localhost',
      'https://127.0.0.1',
      'https://community.example.com',
    ]);
  });

  it('compare from failing to compliant, and lead to both', async () => {
    const page = await readFile(join(GOLDEN, 'comparison.html'), 'utf8');
    expect(page.includes('2 clients: Naive client and Reference client.')).toBe(true);
    for (const { folder } of SAMPLES) expect(page.includes(`href="${folder}/index.html"`)).toBe(true);
  });
});

/** What the scenario `odd-tokens` draws tokens from; its phases name them. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

describe('a run that travels', () => {
  const start = (command: string, args: readonly string[], cwd: string): Promise<boolean> =>
    new Promise((resolve) => {
      execFile(command, args, { cwd, timeout: 170_000 }, (error) => {
        resolve(error === null);
      });
    });

  /** Packs a folder, unpacks it elsewhere, says where and how; where there is no packer it is copied. */
  async function carry(from: string, name: string, to: string, packers: readonly string[]): Promise<string> {
    await mkdir(to, { recursive: true });
    if (packers.includes('zip')) {
      const packed = await start('zip', ['-q', '-r', join(to, 'run.zip'), name], from);
      if (packed && (await start('unzip', ['-q', 'run.zip'], to))) return 'zip';
    }
    if (packers.includes('tar')) {
      const packed = await start('tar', ['-czf', join(to, 'run.tgz'), name], from);
      if (packed && (await start('tar', ['-xzf', 'run.tgz'], to))) return 'tar';
    }
    await cp(join(from, name), join(to, name), { recursive: true });
    return 'copy';
  }

  it('verifies where it arrives, whatever it was packed with', async () => {
    for (const packers of [['zip', 'tar'], ['tar'], []]) {
      const elsewhere = join(made, `elsewhere-${String(packers.length)}`);
      const how = await carry(made, 'compliant', elsewhere, packers);
      const arrived = join(elsewhere, 'compliant');
      expect([how, await verifyRun(arrived)]).toEqual([how, await verifyRun(join(made, 'compliant'))]);
      expect(await verifyRun(arrived)).toMatchObject({ ok: true });
    }
  });

  it(
    'gives the same verdicts whenever "report" grades it, and verifies after each time',
    { timeout: 600_000 },
    async () => {
      const desk = await openWorkspace();
      try {
        await cp(join(made, 'failing'), join(desk.dir, 'run'), { recursive: true });
        const env = { SF_CONFORMANCE_SIGNING_KEY: join(desk.dir, 'key.pem') };
        await writeFile(env.SF_CONFORMANCE_SIGNING_KEY, sampleKey().export({ type: 'pkcs8', format: 'pem' }));
        for (const round of [1, 2]) {
          expect([round, await desk.command(['report', 'run', '--quiet'], env)]).toMatchObject([
            round,
            { code: 1, err: '' },
          ]);
          const report = JSON.parse(await readFile(join(desk.dir, 'run', 'report.json'), 'utf8')) as Report;
          expect({ ...report, integrity: undefined }).toEqual({ ...reports[0], integrity: undefined });
          const history = await readFile(join(desk.dir, 'run', 'history.jsonl'), 'utf8');
          expect(history === sampleHistory('failing')).toBe(true);
          expect(await desk.command(['verify', 'run'], env)).toMatchObject({ code: 0 });
        }
      } finally {
        await desk.clear();
      }
    },
  );
});
