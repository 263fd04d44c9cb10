/** The reference client in four shapes is judged the same through each driver. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { resolveConfig } from '../config/resolve.ts';
import { whyNoChromium } from '../../test-kit/chromium.ts';
import type { Report, ReportCheck } from '../grade/report.ts';
import { loadCatalogue } from './catalogue.ts';
import { shapes } from './fixtures/reference-shapes.ts';
import { run } from './run.ts';

const SILENT = { scenario: () => undefined, scenarioDone: () => undefined, note: () => undefined };
const slowMs = 600_000;

/** What a shape cannot exercise, or shows in a way of its own; everything else is compared. */
const APART: Readonly<Record<string, string>> = {
  'AZ-10': 'a web application is in the browser already: there is no other that it could hand the URL to',
  'RACE-05': 'http and browser move one application: they cannot start a second process of it',
  'RACE-06': 'http and browser move one application: they cannot start five processes of it',
  'RACE-12': 'only an application in a browser has tabs',
  'HYG-03':
    'the callback page of an adapter and a command is no page that one stays on; a browser without a screen sends no Referer',
  'HYG-05': 'in a browser the storage of the page is looked at (HYG-06), elsewhere the files',
  'HYG-06': 'only an application in a browser has storage that scripts can read',
  'HYG-09': 'only a web application has an address bar',
};
/** Two hundred operations that repeat what the other scenarios show: as long as all of them together where each is a process. */
const TOO_LONG = new Set(['soak']);

const { checks, scenarios } = await loadCatalogue();
const compared = checks.filter(
  ({ id, suite, scenarios: read }) =>
    APART[id] === undefined && suite !== 'settings' && read.some((scenario) => !TOO_LONG.has(scenario)),
);
const noChromium = await whyNoChromium();
const here = Object.keys(shapes).filter((shape) => shape !== 'browser' || noChromium === undefined);
if (noChromium !== undefined) test.skip(`browser: ${noChromium}`);

interface Selection {
  readonly grep?: string;
  readonly scenarios?: readonly string[];
}

async function judge(shape: string, variant: string, selection: Selection): Promise<Report> {
  const driver = await shapes[shape]?.(variant);
  if (driver === undefined) throw new TypeError(`There is no shape ${shape}.`);
  const redirect = 'baseUrl' in driver ? `${driver.baseUrl}/callback` : 'http://127.0.0.1:0/callback';
  const outDir = await mkdtemp(join(tmpdir(), 'sf-shapes-'));
  try {
    const dir = tmpdir();
    const windows = { quietMs: 150, holdMs: 800, herd: 3, timeoutMs: 30_000 };
    const app = { name: shape, redirectUris: [redirect], sharedStore: true };
    const config = resolveConfig({ app, driver, run: windows }, { dir, cwd: dir, env: {} });
    const workers = 'baseUrl' in driver ? 1 : 2;
    const options = { outDir, formats: [], failOn: 'must', workers, progress: SILENT, ...selection } as const;
    return (await run({ config, ...options })).report;
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}

const verdict = (all: readonly ReportCheck[], id: string): string =>
  `${id} ${all.find((check) => check.id === id)?.verdict ?? 'none'}`;

async function compare(variant: string, selection: Selection, ids: readonly string[]): Promise<readonly string[]> {
  // Side by side: most of a run is waiting.
  const reports = await Promise.all(here.map((shape) => judge(shape, variant, selection)));
  const [first = [], ...others] = reports.map((report) => ids.map((id) => verdict(report.checks, id)));
  expect(reports.map(({ run: { driver } }) => driver)).toEqual(here);
  for (const [index, other] of others.entries()) expect([here[index + 1], other]).toEqual([here[index + 1], first]);
  return first;
}

describe(`through ${here.join(', ')}`, () => {
  test('what is left out is there, and all else is compared', () => {
    const ids = checks.map(({ id }) => id);
    expect(Object.keys(APART).filter((id) => !ids.includes(id))).toEqual([]);
    expect(compared.length).toBeGreaterThan(90);
  });

  test('the reference client has the same verdict in every check', { timeout: slowMs }, async () => {
    const played = scenarios.map(({ id }) => id).filter((id) => !TOO_LONG.has(id));
    const verdicts = await compare(
      'reference',
      { scenarios: played },
      compared.map(({ id }) => id),
    );
    expect(verdicts.filter((one) => / (?:fail|error|inconclusive|warn)$/u.test(one))).toEqual([]);
    expect(verdicts.filter((one) => one.endsWith(' pass')).length).toBeGreaterThan(80);
  });

  test.each([
    ['no-challenge-method', ['PKCE-02 fail']],
    ['drops-new-refresh-token', ['RTR-02 fail']],
  ])('a client that is %s fails in the same checks', { timeout: slowMs }, async (variant, failing) => {
    const grep = '^(PKCE-0[1-8]|CA-0[1-3]|RTR-02)$';
    const ids = compared.map(({ id }) => id).filter((id) => new RegExp(grep, 'u').test(id));
    const verdicts = await compare(variant, { grep }, ids);
    expect(verdicts.filter((one) => one.endsWith(' fail'))).toEqual(failing);
  });
});
