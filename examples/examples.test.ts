/** Every row of the table in README.md: the example is run through the whole engine, and its verdict is the one that is declared. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { freePort } from '../test-kit/free-port.ts';
import { loadConfig, type LoadedConfig } from '../src/config/load.ts';
import type { Report } from '../src/grade/report.ts';
import { run } from '../src/run/run.ts';

const SILENT = { scenario: () => undefined, scenarioDone: () => undefined, note: () => undefined };
/** Checks that together need few scenarios and hold everything that the table says to fail. */
const CHECKS = '^(PKCE-0[1-8]|CA-0[1-7]|AZ-02|RTR-0[1-4]|RACE-0[125]|ERR-0[1-4])$';
const folder = import.meta.dirname;
/** A file that the tool would be started with, to see whether it is there and new enough. */
const tools: Readonly<Record<string, readonly string[]>> = {
  python3: ['-c', 'import fcntl'],
  java: ['--version'],
  go: ['version'],
};

interface Row {
  readonly name: string;
  readonly file: string;
  readonly client: string;
  readonly driver: string;
  readonly verdict: string;
  readonly failing: readonly string[];
}

const rows: readonly Row[] = (await readFile(join(folder, 'README.md'), 'utf8')).split('\n').flatMap((line) => {
  const cells = line.split('|').map((cell) => cell.trim());
  const [, name, file] = /^\[([^\]]+)\]\(([^)]+)\)$/u.exec(cells[1] ?? '') ?? [];
  if (name === undefined || file === undefined) return [];
  const [client = '', driver = '', verdict = '', failing = ''] = cells.slice(3);
  return [{ name, file, client, driver, verdict, failing: failing === 'none' ? [] : failing.split(' ') }];
});

/** As its file says, but for a port that may be taken, and with shorter windows: these clients answer at once. */
async function configOf(file: string): Promise<LoadedConfig> {
  const config = await loadConfig({ path: file, cwd: folder, env: {} });
  const port = String(await freePort());
  const moved = JSON.parse(JSON.stringify(config).replaceAll('4190', port)) as LoadedConfig;
  return { ...moved, run: { ...config.run, quietMs: 150, holdMs: 800, herd: 3 } };
}

async function judge(file: string): Promise<Report> {
  const config = await configOf(file);
  const outDir = await mkdtemp(join(tmpdir(), 'sf-examples-'));
  try {
    // A web application has one port.
    const workers = config.driver.type === 'http' ? 1 : 2;
    const options = { outDir, formats: [], failOn: 'must', workers, progress: SILENT, grep: CHECKS } as const;
    return (await run({ config, ...options })).report;
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}

/** Why the example cannot run here, if it cannot. */
function missing(config: LoadedConfig): string | undefined {
  const { driver } = config;
  const [tool = ''] = driver.type === 'adapter' ? driver.command : driver.type === 'command' ? driver.authorize : [];
  const probe = tools[tool];
  return probe === undefined || spawnSync(tool, probe).status === 0 ? undefined : `${tool} is not on this machine`;
}

describe('the table', () => {
  test('has every configuration of this folder, and says of it what it says', async () => {
    const there = (await readdir(folder, { recursive: true })).filter(
      (file) => /config\.(json|ya?ml|m?[jt]s)$/u.test(file) && !file.includes('node_modules'),
    );
    expect(rows.map(({ file }) => file).toSorted()).toEqual(there.toSorted());
    for (const { file, client, driver } of rows) {
      const config = await loadConfig({ path: file, cwd: folder, env: {} });
      expect([file, config.app.client, config.driver.type]).toEqual([file, client, driver]);
    }
  });

  test('every example has a README that says how to run it', async () => {
    for (const { file } of rows) {
      expect(await readFile(join(folder, dirname(file), 'README.md'), 'utf8')).toContain(`run -c examples/${file}`);
    }
  });
});

describe.each(rows.filter(({ driver }) => driver !== 'browser'))('$name', ({ file, verdict, failing }) => {
  test(`is ${verdict}`, { timeout: 300_000 }, async ({ skip }) => {
    const why = missing(await loadConfig({ path: file, cwd: folder, env: {} }));
    if (why !== undefined) return skip(why);
    const report = await judge(file);
    const failed = report.checks.filter((check) => check.verdict === 'fail' && check.level === 'MUST');
    expect(failed.map(({ id }) => id).toSorted()).toEqual(failing.toSorted());
    expect(report.checks.filter((check) => check.verdict === 'error')).toEqual([]);
    // What CI leaves to other tests is not selected: a right client is then not called compliant.
    const selected = verdict === 'compliant' ? expect.stringMatching(/^(?:compliant|partial)$/) : verdict;
    const observed = verdict !== 'compliant' && report.run.observed;
    expect(report).toMatchObject({ verdict: selected, run: { observed } });
    const open = report.checks.filter((check) => check.verdict === 'inconclusive' && check.level === 'MUST');
    if (verdict === 'compliant') expect(open.map(({ id }) => id)).toEqual([]);
  });
});
