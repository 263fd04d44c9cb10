import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stage } from '../../mock-server/fixtures/stage.ts';
import type { Fidelity } from '../../reports/compare/fidelity.ts';
import type { Report } from '../grade/report.ts';
import { writeFidelity } from './fidelity-file.ts';
import { clientAt, startOrg } from '../upstream/fixtures/through.ts';
import { openWorkspace, type Workspace } from '../../test-kit/command-line.ts';

let workspace: Workspace;
let dir: string;

beforeEach(async () => {
  workspace = await openWorkspace();
  ({ dir } = workspace);
});
afterEach(() => workspace.clear());

/** Runs `serve` in a process of its own without a terminal, does `work` once it listens, and ends it. */
const serve = (args: readonly string[], work: (loginUrl: string) => Promise<unknown> = () => Promise.resolve()) =>
  workspace.serve(args, 'SIGTERM', (said) => work(/SF_LOGIN_URL +(\S+)/u.exec(said)?.[1] ?? ''));

/** A history of a run with the mock that refreshed once; returns its folder. */
async function withMock(): Promise<string> {
  const { login, refresh, events } = await stage();
  await refresh((await login()).refresh_token);
  const folder = await mkdtemp(join(dir, 'mock-'));
  await writeFile(join(folder, 'history.jsonl'), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  return folder;
}

test(
  'a login, a call and refreshes through `serve --upstream` are graded, and written without a token',
  { timeout: 170_000 },
  async () => {
    const org = await startOrg();
    await writeFile(join(dir, 'ca.pem'), org.ca ?? '');
    const secrets: string[] = [];
    const { err } = await serve(['--upstream', org.loginUrl, '--upstream-ca', 'ca.pem'], async (loginUrl) => {
      const client = clientAt(loginUrl, org);
      let tokens: Readonly<Record<string, string>> = await client.login();
      for (let n = 0; n < 3; n += 1) {
        secrets.push(tokens['access_token'] ?? '', tokens['refresh_token'] ?? '');
        const { status } = await client.call(tokens['instance_url'] ?? '', tokens['access_token'] ?? '');
        expect(status).toBe(200);
        tokens = (await client.refresh(tokens['refresh_token'] ?? '')).body;
      }
      await client.call(tokens['instance_url'] ?? '', tokens['access_token'] ?? '');
    });
    expect(err).toContain(`forwarded to ${org.loginUrl}`);
    const folder = join(dir, 'reports/runs/latest');
    const report = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as Report;
    expect(report.run).toMatchObject({ upstream: true, policy: 'salesforce' });
    const verdicts = Object.fromEntries(report.checks.map(({ id, verdict }) => [id, verdict]));
    expect(verdicts).toMatchObject({
      ...{ 'PKCE-01': 'pass', 'PKCE-02': 'pass', 'PKCE-04': 'pass', 'PKCE-07': 'pass', 'CA-01': 'pass' },
      ...{ 'RTR-01': 'inconclusive', 'RTR-02': 'pass', 'RTR-07': 'pass', 'RACE-14': 'pass' },
    });
    expect(
      report.checks.filter(({ verdict }) => verdict === 'fail').map(({ id, message }) => `${id}: ${message}`),
    ).toEqual([]);
    const history = await readFile(join(folder, 'history.jsonl'), 'utf8');
    expect(secrets.filter((secret) => history.includes(secret))).toEqual([]);
    const mockRun = await withMock();
    const path = await writeFidelity(dir, [mockRun, folder]);
    const fidelity = JSON.parse(await readFile(path ?? '', 'utf8')) as Fidelity;
    const refreshes = fidelity.answers.find(
      ({ request, outcome }) => request === 'token refresh_token' && outcome === 'succeeded',
    );
    expect(refreshes).toMatchObject({ differs: [], org: { seen: 3, statuses: [200] }, mock: { statuses: [200] } });
    expect(refreshes?.org.headerNames).toContain('cache-control');
    expect(JSON.stringify(fidelity)).not.toContain('127.0.0.1');
  },
);

test.each([
  ['https://login.salesforce.com', 'real users'],
  ['https://acme.my.salesforce.com', 'real users'],
  ['http://org.example', 'not https'],
  ['org', 'not a URL'],
])('refuses %s with exit 2 before it listens', async (url, words) => {
  const { code, err } = await serve(['--upstream', url]);
  expect(code).toBe(2);
  expect(err).toContain(words);
  expect(err).not.toContain('SF_LOGIN_URL');
});
