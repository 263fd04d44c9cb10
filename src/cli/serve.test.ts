import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openWorkspace, type Workspace } from '../../test-kit/command-line.ts';

let workspace: Workspace;
let dir: string;

beforeEach(async () => {
  workspace = await openWorkspace();
  ({ dir } = workspace);
});
afterEach(() => workspace.clear());

interface SessionDetails {
  readonly loginUrl: string;
  readonly clientId: string;
}

/** Runs `serve` as a process of its own, does `work` once it listens, and ends it by `signal`. */
const serve = (args: readonly string[], signal: NodeJS.Signals, work: (details: SessionDetails) => Promise<unknown>) =>
  workspace.serve(args, signal, (said) => {
    const value = (name: string) => new RegExp(`${name} +(\\S+)`, 'u').exec(said)?.[1] ?? '';
    return work({ loginUrl: value('SF_LOGIN_URL'), clientId: value('SF_CLIENT_ID') });
  });

/** An authorization request without a challenge. */
const withoutPkce = ({ loginUrl, clientId }: SessionDetails) => {
  const query = { response_type: 'code', client_id: clientId, redirect_uri: 'http://127.0.0.1:9/callback', state: 's' };
  return fetch(`${loginUrl}/services/oauth2/authorize?${new URLSearchParams(query).toString()}`, {
    redirect: 'manual',
  });
};

it(
  'needs no file; its normal end is a signal, and the exit code reports the verdict',
  { timeout: 170_000 },
  async () => {
    const { code, out, err } = await serve([], 'SIGTERM', withoutPkce);
    expect(code).toBe(1);
    expect(out).toContain('PKCE-01');
    expect(err).toContain('Dashboard');
    const report = JSON.parse(await readFile(join(dir, 'reports/runs/latest/report.json'), 'utf8')) as {
      readonly run: unknown;
    };
    expect(report.run).toMatchObject({ driver: 'manual', partial: false });
    await access(join(dir, 'reports/runs/latest/index.html'));
  },
);

it('listens where the configuration says, and exits with 2 when nothing arrived', { timeout: 170_000 }, async () => {
  const config = { app: { client: 'confidential' }, mock: { host: '127.0.0.1', port: 0 }, report: { dir: 'out' } };
  await writeFile(join(dir, 'own.json'), JSON.stringify(config));
  const { code, out, err } = await serve(['-c', 'own.json', '--json'], 'SIGINT', async ({ loginUrl }) => {
    expect(loginUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
  expect(code).toBe(2);
  expect(err).toContain('no authorization request arrived');
  expect(err).toContain('SF_CLIENT_SECRET');
  expect(JSON.parse(out)).toMatchObject({ verdict: 'inconclusive' });
  await access(join(dir, 'out/latest/report.sig'));
});

it('a file that is named must be there', async () => {
  const { code, err } = await serve(['-c', 'gone.json'], 'SIGINT', () => Promise.resolve());
  expect(code).toBe(2);
  expect(err).toContain('gone.json');
});
