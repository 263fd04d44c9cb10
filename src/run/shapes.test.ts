/** One client in four shapes is judged the same through each driver. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { resolveConfig } from '../config/resolve.ts';
import { whyNoChromium } from '../drivers/browser/chromium.ts';
import { place, shapes } from '../drivers/fixtures/stand.ts';
import type { Report } from '../grade/report.ts';
import { run } from './run.ts';

const SILENT = { scenario: () => undefined, scenarioDone: () => undefined, note: () => undefined };
const slowMs = 300_000;
/** What the shape of a client has no part in. */
const CHECKS = '^(PKCE-0[1-8]|CA-0[1-3]|CA-10|AZ-0[1-3]|AZ-11|CODE-0[1-3])$';
const noChromium = await whyNoChromium();

async function judge(shape: string, behaviour: string): Promise<Report> {
  const driver = await shapes[shape]?.({ FIXTURE: behaviour });
  if (driver === undefined) throw new TypeError(`There is no shape ${shape}.`);
  const redirect = 'baseUrl' in driver ? `${driver.baseUrl}/callback` : 'http://127.0.0.1:0/callback';
  const outDir = await mkdtemp(join(tmpdir(), 'sf-shapes-'));
  try {
    const config = resolveConfig(
      { app: { name: shape, redirectUris: [redirect] }, driver, run: { quietMs: 150, timeoutMs: 20_000 } },
      { dir: place.configDir, cwd: place.configDir, env: {} },
    );
    const options = { outDir, formats: [], failOn: 'must', workers: 1, progress: SILENT, grep: CHECKS } as const;
    return (await run({ config, ...options })).report;
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}

const verdictsOf = ({ checks }: Report): readonly string[] =>
  checks.filter(({ id }) => new RegExp(CHECKS, 'u').test(id)).map(({ id, verdict }) => `${id} ${verdict}`);

describe.each([
  ['', 'that keeps the rule', 'compliant', []],
  ['no-method', 'that leaves out code_challenge_method', 'non-compliant', ['PKCE-02']],
] as const)('%s: a client %s', (behaviour, _text, verdict, failing) => {
  const shown = Object.keys(shapes).filter((shape) => shape !== 'browser' || noChromium === undefined);
  if (noChromium !== undefined) test.skip(`browser: ${noChromium}`);

  test(`is ${verdict} through ${shown.join(', ')}`, { timeout: slowMs }, async () => {
    const reports = new Map<string, Report>();
    for (const shape of shown) reports.set(shape, await judge(shape, behaviour));
    const expected = reports.get('adapter');
    expect(expected).toMatchObject({ verdict, run: { driver: 'adapter' } });
    const failed = expected?.checks.filter((check) => check.verdict === 'fail' && check.level === 'MUST');
    expect(failed?.map(({ id }) => id)).toEqual(failing);
    for (const [shape, report] of reports) {
      expect(report.run.driver).toBe(shape);
      expect([shape, verdictsOf(report)]).toEqual([shape, expected === undefined ? [] : verdictsOf(expected)]);
    }
  });
});
