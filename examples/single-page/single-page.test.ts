/** The example is judged through the whole engine, in a real Chromium: compliant; and not, when its tabs do not share one refresh. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { freePort } from '../../test-kit/free-port.ts';
import { loadVariant } from '../../suites/proof/client/variant.ts';
import { resolveConfig } from '../../src/config/resolve.ts';
import { whyNoChromium } from '../../test-kit/chromium.ts';
import type { Report, ReportCheck } from '../../src/grade/report.ts';
import { prove } from '../../tools/proof/prove.ts';
import { run } from '../../src/run/run.ts';

const noChromium = await whyNoChromium();
const SILENT = { scenario: () => undefined, scenarioDone: () => undefined, note: () => undefined };
const dir = import.meta.dirname;
/** Checks that together read login, refresh-chain, herd-2, tabs, rejected, and few scenarios more. */
const CHECKS = '^(PKCE-0[1-8]|CA-0[12]|AZ-0[12]|RTR-0[1-4]|RACE-0[12]|RACE-12|ERR-0[134]|HYG-0[169])$';

/** The report on the example as its own configuration describes it, on another port. */
async function judge(grep: string, env: Record<string, string> = {}): Promise<Report> {
  const port = String(await freePort());
  const text = await readFile(join(dir, 'conformance.config.json'), 'utf8');
  const config = JSON.parse(text.replaceAll('4180', port));
  config.driver.start.env = { PORT: port, ...env };
  config.run = { quietMs: 150, holdMs: 800, timeoutMs: 30_000, herd: 3 };
  const outDir = await mkdtemp(join(tmpdir(), 'sf-single-page-'));
  try {
    const options = { outDir, formats: [], failOn: 'must', progress: SILENT, grep } as const;
    const { report } = await run({ config: resolveConfig(config, { dir, cwd: dir, env: {} }), ...options });
    return report;
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}

const decided = ({ checks }: Report): readonly ReportCheck[] =>
  checks.filter(({ verdict }) => verdict !== 'skip' && verdict !== 'inconclusive');

describe.skipIf(noChromium !== undefined)(`single page${noChromium === undefined ? '' : ` (${noChromium})`}`, () => {
  test('is compliant, check for check as the reference client with its adapter', { timeout: 600_000 }, async () => {
    const report = await judge(CHECKS);
    expect(report.scenarios.filter(({ outcome }) => outcome !== 'completed')).toEqual([]);
    const played = report.scenarios.map(({ id }) => id);
    for (const id of ['strict', 'login', 'refresh-chain', 'herd-2', 'tabs', 'rejected']) expect(played).toContain(id);
    expect(report.checks.filter(({ verdict }) => ['fail', 'warn', 'error'].includes(verdict))).toEqual([]);
    expect(report).toMatchObject({ verdict: 'partial', run: { driver: 'browser', observed: false } });
    const verdicts = new Map(decided(report).map(({ id, verdict }) => [id, verdict]));
    expect(verdicts.get('RACE-12')).toBe('pass');
    expect(verdicts.get('HYG-09')).toBe('pass');
    // The one thing that it says of itself: a page keeps its tokens where scripts can read them.
    expect(verdicts.get('HYG-06')).toBe('info');

    const both = decided(await prove(await loadVariant('reference'), { grep: CHECKS })).filter(({ id }) =>
      verdicts.has(id),
    );
    expect(both.length).toBeGreaterThan(20);
    expect(both.filter(({ id, verdict }) => verdicts.get(id) !== verdict)).toEqual([]);
  });

  test('without the lock that tabs share, RACE-12 fails and nothing else', { timeout: 600_000 }, async () => {
    const report = await judge('^(RACE-12|RTR-01)$', { WITHOUT_LOCK: '1' });
    expect(report.verdict).toBe('non-compliant');
    const failed = report.checks.filter(({ verdict }) => verdict === 'fail');
    expect(failed.map(({ id }) => id)).toEqual(['RACE-12']);
    expect(failed[0]?.message).toMatch(/2 times by tabs/);
    expect(report.checks.find(({ id }) => id === 'RTR-01')?.verdict).toBe('pass');
  });
});
